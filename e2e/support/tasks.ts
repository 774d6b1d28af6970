import { expect, type Locator, type Page } from "@playwright/test";

/** A calendar day so many days from now, as in 2026-11-24. */
export function day(fromToday: number): string {
  const date = new Date();
  date.setDate(date.getDate() + fromToday);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}

/** The row of a task, also while it is open for editing under this title. */
export const row = (page: Page, title: string): Locator =>
  page.getByRole("main").getByRole("listitem").filter({ hasText: title });

/** Writes a line for a new task and sends it; says nothing of what becomes of it. */
export async function write(page: Page, line: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Nueva tarea" });
  await field.fill(line);
  await field.press("Enter");
  await expect(field).toHaveValue("");
}

/** The titles that are shown, from the top. */
export const titles = (page: Page): Promise<string[]> =>
  page
    .getByRole("main")
    .getByRole("button", { name: /^Editar «/ })
    .evaluateAll((buttons) => {
      const byPlace = buttons.toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
      return byPlace.map((button) => button.getAttribute("aria-label")?.slice("Editar «".length, -1) ?? "");
    });

/** Opens a task for editing. */
export async function open(page: Page, title: string): Promise<Locator> {
  await page.getByRole("button", { name: `Editar «${title}»` }).click();
  const field = page.getByRole("textbox", { name: "Título" });
  await expect(field).toBeFocused();
  return field;
}

/** Goes to a view or a list by its link. */
export async function goTo(page: Page, name: string): Promise<void> {
  const link = page.getByRole("navigation", { name: "Listas" }).getByRole("link", { name });
  await link.click();
  await expect(link).toHaveAttribute("aria-current", "page");
}

/** How many tasks the link of a view or a list says that it holds. */
export const count = (page: Page, name: string): Promise<string | undefined> =>
  page
    .getByRole("navigation", { name: "Listas" })
    .getByRole("link", { name })
    .textContent()
    .then((text) => text?.slice(name.length) ?? "");

/** All changes are at the server. */
export const saved = (page: Page): Promise<void> =>
  expect(page.getByRole("status").filter({ hasText: /^Guardado$/ })).toBeVisible();

export const undo = (page: Page): Promise<void> => page.getByRole("button", { name: "Deshacer" }).click();

/** Makes a list, and comes to it. */
export async function makeList(page: Page, name: string, color?: string): Promise<void> {
  const drawer = page.getByRole("button", { name: "Abrir las listas" });
  if (await drawer.isVisible()) await drawer.click();
  await page.getByRole("button", { name: "Nueva lista" }).click();
  const dialog = page.getByRole("dialog", { name: "Nueva lista" });
  await dialog.getByLabel("Nombre de la lista").fill(name);
  if (color) await dialog.getByRole("button", { name: color }).click();
  await dialog.getByRole("button", { name: "Crear" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** Does one of the things that the menu of the list at hand offers. */
export async function chooseInListMenu(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Opciones de la lista" }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}
