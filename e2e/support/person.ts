import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";

export const password = "una frase larga";
export const newName = () => `p${randomUUID().slice(0, 12)}`;

/** Collects what goes wrong in the page unseen, and what leaves its origin. */
export function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // A refused sign-in is told by its code; nothing else may be refused, by the page's policy least of all.
    if (message.type() === "error" && !message.text().includes("the server responded")) complaints.push(message.text());
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") complaints.push(request.url());
  });
  return complaints;
}

/** Makes an account, and comes to the list of tasks. Returns its name. */
export async function register(page: Page, { username = newName(), url = "/" } = {}): Promise<string> {
  await page.goto(url);
  await page.getByRole("button", { name: "Registrarse" }).click();
  await page.getByLabel("Usuario").fill(username);
  await page.getByRole("textbox", { name: "Contraseña" }).fill(password);
  await page.getByRole("button", { name: "Registrarse" }).click();
  await expect(page.getByRole("textbox", { name: "Nueva tarea" })).toBeVisible();
  return username;
}

/** Adds a task by the line for new ones. */
export async function addTask(page: Page, title: string): Promise<void> {
  await page.getByRole("textbox", { name: "Nueva tarea" }).fill(title);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "Lista de tareas" }).getByText(title)).toBeVisible();
}

/** Resolves when the app is on this device whole: from then on it opens without a network. */
export async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}
