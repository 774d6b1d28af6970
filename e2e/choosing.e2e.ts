import { expect } from "@playwright/test";
import { addTask, register } from "./support/person.ts";
import { test } from "./support/test.ts";

test("in a list, the keyboard keeps its place when tasks begin to be chosen", async ({ page }) => {
  await register(page);
  for (const title of ["Uno", "Dos", "Tres", "Cuatro"]) await addTask(page, title);
  await page
    .getByRole("navigation")
    .getByRole("link", { name: /^Tareas/ })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Tareas" })).toBeVisible();
  const row = page.getByRole("listitem").filter({ hasText: "Tres" });
  await expect(row).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(row).toBeFocused();
  await page.keyboard.press("x");
  await expect(page.getByRole("toolbar")).toContainText("1 elegida");
  await expect(row).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  await expect(page.getByRole("toolbar")).toContainText("3 elegidas");
});
