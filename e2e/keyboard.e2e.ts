import { expect, type Page } from "@playwright/test";
import { expectFocus, press, tabTo } from "./support/keyboard.ts";
import { newName, password, register } from "./support/person.ts";
import { count, row, saved, titles, write } from "./support/tasks.ts";
import { test } from "./support/test.ts";

// No mouse: what Tab comes to, and keys of its own. The focus is never lost, that is on nothing.

const newTask = "Nueva tarea";
const heading = (page: Page, name: string) => expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

async function add(page: Page, ...lines: string[]): Promise<void> {
  await press(page, "n");
  await expectFocus(page, newTask);
  for (const line of lines) await write(page, line);
  await expect.poll(async () => (await titles(page)).length).toBeGreaterThanOrEqual(Math.min(lines.length, 10));
  await press(page, "Escape");
  await expectFocus(page, "main");
}

test("somebody registers, signs out and signs in", async ({ page }) => {
  const username = newName();
  await page.goto("/");
  await expectFocus(page, /^Usuario o correo/);
  await tabTo(page, "Registrarse");
  await press(page, "Enter");
  await expectFocus(page, /^Usuario/);
  await page.keyboard.type(username);
  await press(page, "Tab");
  await expectFocus(page, "Correo (opcional)");
  await press(page, "Tab");
  await expectFocus(page, /^Contraseña/);
  await page.keyboard.type("corta");
  await press(page, "Enter");
  await expect(page.getByRole("textbox", { name: "Contraseña" })).toHaveAccessibleDescription(
    /Hacen falta más caracteres/,
  );
  await expectFocus(page, /^Contraseña/);
  await press(page, "ControlOrMeta+a");
  await page.keyboard.type(password);
  await press(page, "Enter");
  await heading(page, "Lista de tareas");
  await expectFocus(page, "main");

  await tabTo(page, username, { key: "Shift+Tab" });
  await press(page, "Enter");
  await expectFocus(page, "Español");
  await press(page, "ArrowUp");
  await expectFocus(page, "Cerrar sesión");
  await press(page, "Enter");
  await expectFocus(page, /^Usuario o correo/);
  await page.keyboard.type(username);
  await press(page, "Tab");
  await page.keyboard.type(password);
  await press(page, "Enter");
  await heading(page, "Lista de tareas");
});

test("tasks are added, gone through, completed, deleted, and had back", async ({ page }) => {
  await register(page);
  await add(page, "Cinco", "Cuatro", "Tres", "Dos", "Uno");
  await expect.poll(() => titles(page)).toEqual(["Uno", "Dos", "Tres", "Cuatro", "Cinco"]);
  await press(page, "j");
  await expectFocus(page, "row: Uno");
  await press(page, "j", "j", "k");
  await expectFocus(page, "row: Dos");
  await press(page, "c");
  await expect(row(page, "Dos")).toBeHidden();
  await expectFocus(page, "row: Tres");
  await press(page, "Delete");
  await expectFocus(page, "row: Cuatro");
  await press(page, "ControlOrMeta+z");
  await expect(row(page, "Tres")).toBeVisible();
  await expectFocus(page, "row: Cuatro");
  await press(page, "j", "Delete");
  await expectFocus(page, "row: Cuatro");
  for (const next of ["row: Tres", "row: Uno", "main"]) {
    await press(page, "Delete");
    await expectFocus(page, next);
  }
  await expect(page.getByText("Nada por aquí")).toBeVisible();
  await expectFocus(page, "main");
  await press(page, "g", "c");
  await heading(page, "Completadas");
  await expect(row(page, "Dos")).toBeVisible();
  await press(page, "j");
  await expectFocus(page, "row: Dos");
  await press(page, "c");
  await expect(page.getByText("Aún no hay nada completado")).toBeVisible();
  await press(page, "g", "l");
  await expect.poll(() => titles(page)).toEqual(["Dos"]);
});

test("the row that has the focus keeps its place when others come and go", async ({ page, context }) => {
  await register(page);
  await add(page, "Tres", "Dos", "Uno");
  await press(page, "j", "j");
  await expectFocus(page, "row: Dos");
  await saved(page);
  const other = await context.newPage();
  await other.goto("/");
  await write(other, "De la otra");
  await expect(row(page, "De la otra")).toBeVisible();
  await expectFocus(page, "row: Dos");
  await press(page, "c");
  await expectFocus(page, "row: Tres");
});

test("a task is edited, and the focus comes back to its row", async ({ page }) => {
  await register(page);
  await add(page, "Comprar pan", "Otra");
  await press(page, "j", "j", "e");
  await expectFocus(page, "Título");
  await press(page, "End");
  await page.keyboard.type(" integral");
  await tabTo(page, "Notas");
  await page.keyboard.type("del bueno");
  await tabTo(page, "Fecha");
  await page.keyboard.type("mañana");
  await press(page, "Escape");
  await expectFocus(page, "Fecha");
  await tabTo(page, "Lista");
  await tabTo(page, "Etiquetas");
  await page.keyboard.type("casa");
  await press(page, "Enter");
  await tabTo(page, "Sin prioridad");
  await press(page, "ArrowRight", "ArrowRight");
  await press(page, "ControlOrMeta+Enter");
  await expectFocus(page, "row: Comprar pan integral");
  const edited = row(page, "Comprar pan integral");
  for (const text of ["para el", "#casa", "Media"]) await expect(edited).toContainText(text);
  await expect(edited.getByLabel("Tiene notas")).toBeVisible();
  await press(page, "Enter");
  await expectFocus(page, "Título");
  await tabTo(page, "Eliminar");
  await press(page, "Enter");
  await expect(edited).toBeHidden();
  await expectFocus(page, "row: Otra");
});

test("a task that an edit takes out of the view hands the focus on", async ({ page }) => {
  await register(page);
  await press(page, "g", "t");
  await heading(page, "Hoy");
  await add(page, "Tres", "Dos", "Uno");
  await press(page, "j", "j", "e");
  await expectFocus(page, "Título");
  await tabTo(page, "Fecha");
  await press(page, "ControlOrMeta+a");
  await page.keyboard.type("mañana");
  await press(page, "ControlOrMeta+Enter");
  await expect.poll(() => titles(page)).toHaveLength(2);
  await expectFocus(page, /^row: /);
  await press(page, "k", "k");
  const [first] = await titles(page);
  await expectFocus(page, `row: ${first}`);
  await press(page, "j", "j");
  const [, last] = await titles(page);
  await expectFocus(page, `row: ${last}`);
});

test("tasks are moved with Alt and the arrows, and stay there", async ({ page }) => {
  await register(page);
  await tabTo(page, "Tareas", { key: "Shift+Tab" });
  await press(page, "Enter");
  await heading(page, "Tareas");
  await add(page, "Tres", "Dos", "Uno");
  await press(page, "j", "Alt+ArrowDown");
  await expect.poll(() => titles(page)).toEqual(["Dos", "Uno", "Tres"]);
  await expectFocus(page, "row: Uno");
  await press(page, "Alt+ArrowDown");
  await expect.poll(() => titles(page)).toEqual(["Dos", "Tres", "Uno"]);
  await press(page, "k", "Alt+ArrowUp");
  await expect.poll(() => titles(page)).toEqual(["Tres", "Dos", "Uno"]);
  await expectFocus(page, "row: Tres");
  await saved(page);
  await page.reload();
  await expect.poll(() => titles(page)).toEqual(["Tres", "Dos", "Uno"]);
});

test("many tasks are chosen and changed at once", async ({ page }) => {
  await register(page);
  await add(page, "Cuatro", "Tres", "Dos", "Uno");
  const bar = page.getByRole("toolbar", { name: "Tareas elegidas" });
  await press(page, "j", "x", "j", "j", "Shift+X");
  await expect(bar).toContainText("3 elegidas");
  await press(page, "c");
  await expect.poll(() => titles(page)).toEqual(["Cuatro"]);
  await expectFocus(page, "row: Cuatro");
  await press(page, "ControlOrMeta+z");
  await expect.poll(() => titles(page)).toEqual(["Uno", "Dos", "Tres", "Cuatro"]);
  await press(page, "x");
  await tabTo(page, "Etiquetar", { key: "Shift+Tab" });
  await press(page, "Enter");
  await expectFocus(page, "Nombre de la etiqueta");
  await page.keyboard.type("juntas");
  await press(page, "Enter");
  await expect(page.getByText("#juntas")).toHaveCount(1);
  await expect(bar).toBeHidden();
  await expectFocus(page, /^(main|row: )/);
  await press(page, "j", "ControlOrMeta+a");
  await expect(bar).toContainText("4 elegidas");
  await press(page, "Escape");
  await expect(bar).toBeHidden();
  await press(page, "ControlOrMeta+a", "Delete");
  await expect(page.getByText("Nada por aquí")).toBeVisible();
  await expectFocus(page, "main");
});

test("a list is made, named anew and deleted", async ({ page }) => {
  await register(page);
  await press(page, "ControlOrMeta+k");
  await expectFocus(page, "Comandos");
  await page.keyboard.type("nueva lis");
  await press(page, "Enter");
  await expectFocus(page, /^Nombre de la lista/);
  await page.keyboard.type("Compras");
  await tabTo(page, "Mar");
  await press(page, "Space");
  await tabTo(page, "Crear");
  await press(page, "Enter");
  await heading(page, "Compras");
  await expectFocus(page, "main");
  await tabTo(page, "Opciones de la lista");
  await press(page, "Enter");
  await expectFocus(page, "Nombre y color");
  await press(page, "Enter");
  await expectFocus(page, /^Nombre de la lista/);
  await press(page, "ControlOrMeta+a");
  await page.keyboard.type("Mercado");
  await press(page, "Enter");
  await heading(page, "Mercado");
  await expectFocus(page, "Opciones de la lista");
  await press(page, "Enter");
  await expectFocus(page, "Nombre y color");
  await press(page, "ArrowUp");
  await expectFocus(page, "Eliminar con sus tareas");
  await press(page, "Enter");
  await heading(page, "Lista de tareas");
  await expectFocus(page, "main");
  await press(page, "ControlOrMeta+z");
  await expect(page.getByRole("link", { name: "Mercado" })).toBeVisible();
});

test("every view, the search, the sheet of keys and the palette have keys", async ({ page }) => {
  await register(page);
  await add(page, "Comprar pan hoy", "Otra");
  for (const [key, name] of [
    ["t", "Hoy"],
    ["u", "Próximas"],
    ["o", "Atrasadas"],
    ["c", "Completadas"],
    ["l", "Lista de tareas"],
  ] as const) {
    await press(page, "g", key);
    await heading(page, name);
    await expectFocus(page, "main");
  }
  await press(page, "j", "?");
  await expect(page.getByRole("dialog", { name: "Atajos de teclado" })).toBeVisible();
  await press(page, "Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expectFocus(page, "row: Otra");
  await press(page, "ControlOrMeta+k");
  await expectFocus(page, "Comandos");
  await press(page, "Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expectFocus(page, "row: Otra");
  await press(page, "ControlOrMeta+k");
  await page.keyboard.type("nueva tarea");
  await press(page, "Enter");
  await expectFocus(page, newTask);
  await press(page, "Escape", "g", "t", "/");
  await expectFocus(page, "Buscar");
  await page.keyboard.type("pan");
  await heading(page, "Resultados de «pan»");
  await expectFocus(page, "Buscar");
  await press(page, "Escape");
  await heading(page, "Hoy");
  await expectFocus(page, "main");
  await press(page, "/", "Escape");
  await expectFocus(page, "main");
});

test("keys are letters while somebody writes", async ({ page }) => {
  await register(page);
  await press(page, "n");
  await page.keyboard.type("jxe?/c g t");
  await press(page, "Enter");
  await expect.poll(() => titles(page)).toEqual(["jxe?/c g t"]);
  await expectFocus(page, newTask);
});

test("a toast is reached by Tab, waits meanwhile, and gives the focus back", async ({ page }) => {
  await register(page);
  await add(page, "Dos", "Uno");
  await press(page, "j", "Delete");
  await expectFocus(page, "row: Dos");
  await tabTo(page, "Deshacer");
  await press(page, "Enter");
  await expect(row(page, "Uno")).toBeVisible();
  await expectFocus(page, /^(main|row: |Eliminar «Dos»)/);
});

test("the rows of a long list are all within reach, and never under what floats", async ({ page }) => {
  const height = 500;
  await page.setViewportSize({ width: 1_200, height });
  await register(page);
  const names = Array.from({ length: 20 }, (_, i) => `Tarea ${20 - i}`);
  await add(page, ...names);
  await press(page, "j");
  const clear = async () => {
    const rowBox = await page.locator("li:focus").boundingBox();
    const header = await page.getByRole("banner").boundingBox();
    const toolbar = page.getByRole("toolbar");
    const bar = (await toolbar.isVisible()) ? await toolbar.boundingBox() : null;
    const top = Math.max((header?.y ?? 0) + (header?.height ?? 0), bar ? bar.y + bar.height : 0);
    expect(rowBox?.y).toBeGreaterThanOrEqual(top);
    expect((rowBox?.y ?? 0) + (rowBox?.height ?? 0)).toBeLessThanOrEqual(height);
  };
  for (let step = 1; step < 20; step += 1) await press(page, "j");
  await expectFocus(page, "row: Tarea 20");
  await clear();
  await press(page, "x");
  for (let step = 0; step < 10; step += 1) await press(page, "k");
  await expectFocus(page, "row: Tarea 10");
  await clear();
  await tabTo(page, "Todas", { key: "Shift+Tab", most: 120 });
  await press(page, "Enter");
  await expect(page.getByRole("toolbar")).toContainText("20 elegidas");
});

test("the skip link leads past the lists", async ({ page }) => {
  await register(page);
  await page.reload();
  await heading(page, "Lista de tareas");
  await press(page, "Tab");
  await expectFocus(page, "Ir al contenido");
  await press(page, "Enter");
  await expectFocus(page, "main");
  await tabTo(page, newTask, { most: 4 });
});

test.describe("on a phone with a keyboard", () => {
  test.use({ viewport: { width: 390, height: 780 } });

  test("the lists are reached while they are open, and only then", async ({ page }) => {
    await register(page);
    await add(page, "Uno hoy");
    await page.reload();
    await heading(page, "Lista de tareas");
    await press(page, "Tab", "Tab");
    await expectFocus(page, "Abrir las listas");
    await press(page, "Tab");
    await expectFocus(page, "Buscar");
    await press(page, "Shift+Tab", "Enter");
    await expectFocus(page, "Cerrar las listas");
    await press(page, "Escape");
    await expect(page.getByRole("link", { name: "Hoy" })).not.toBeInViewport();
    await expectFocus(page, "main");
    await tabTo(page, "Abrir las listas", { key: "Shift+Tab" });
    await press(page, "Enter");
    await tabTo(page, "Hoy1");
    await press(page, "Enter");
    await heading(page, "Hoy");
    await expectFocus(page, "main");
    expect(await count(page, "Hoy")).toBe("1");
    await expect(row(page, "Uno")).toBeVisible();
  });
});
