import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";

export const password = "una frase larga";

/** Registers somebody new, as they would do it, and resolves when the app is theirs. */
export async function register(page: Page, url = "/"): Promise<void> {
  await page.goto(url);
  await page.getByRole("button", { name: "Registrarse" }).click();
  await page.getByLabel("Usuario").fill(`p${randomUUID().slice(0, 12)}`);
  await page.getByRole("textbox", { name: "Contraseña" }).fill(password);
  await page.getByRole("button", { name: "Registrarse" }).click();
  await expect(page.getByRole("textbox", { name: "Nueva tarea" })).toBeVisible();
}
