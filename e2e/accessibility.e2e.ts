import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible.ts";
import { OtherDevice } from "./support/other-device.ts";
import { installed, newName, register } from "./support/person.ts";
import { chooseInListMenu, day, goTo, makeList, open, row, saved, write } from "./support/tasks.ts";
import { test } from "./support/test.ts";

// Nothing fades: a colour half way between two others is nobody's choice.
test.use({ contextOptions: { reducedMotion: "reduce" } });

const views = ["Todas", "Hoy", "Próximas", "Atrasadas", "Completadas", "Papelera"];
const menu = (page: Page) => page.getByRole("menu");

for (const colorScheme of ["light", "dark"] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("the way in", async ({ page }) => {
      await page.goto("/");
      await expect(page.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
      await expectAccessible(page, "sign in");
      await page.getByLabel("Usuario o correo").fill(newName());
      await page.getByRole("textbox", { name: "Contraseña" }).fill("no es esta");
      await page.getByRole("button", { name: "Iniciar sesión" }).click();
      await expect(page.getByRole("alert")).toBeVisible();
      await expectAccessible(page, "a sign-in that failed");
      await page.getByRole("button", { name: "Registrarse" }).click();
      await page.getByLabel("Usuario").fill("con espacio");
      await page.getByRole("textbox", { name: "Contraseña" }).fill("12345678");
      await expectAccessible(page, "register");
      await page.getByRole("button", { name: "Registrarse" }).click();
      await expect(page.getByLabel("Usuario")).toHaveAccessibleDescription(/Solo letras/);
      await expectAccessible(page, "a registration that failed");
      await page.goto("/reset-password");
      await page.getByLabel("Correo de tu cuenta").fill("nadie@example.com");
      await expectAccessible(page, "ask for a new password");
      await page.getByRole("button", { name: "Enviar el enlace" }).click();
      await expect(page.getByRole("status")).toContainText("en camino");
      await expectAccessible(page, "a mail is on its way");
    });

    test("each view while it is empty", async ({ page }) => {
      await register(page);
      for (const view of views) {
        await goTo(page, view);
        await expect(page.getByRole("main").getByText(/./).first()).toBeVisible();
        await expectAccessible(page, `${view}, empty`);
      }
      await makeList(page, "Compras", "Mar");
      await expectAccessible(page, "a list, empty");
      await page.getByRole("searchbox").fill("nada de esto");
      await expect(page.getByText("Sin resultados")).toBeVisible();
      await expectAccessible(page, "a search for nothing");
    });

    test("each view while there is something in it", async ({ page }) => {
      await register(page);
      await makeList(page, "Compras", "Mar");
      await goTo(page, "Todas");
      const lines = ["Hoy mismo hoy !urgente #casa", "Pan mañana !alta +Compras", "Leche +Compras !baja #uno #dos"];
      for (const line of [...lines, `Impuestos ${day(-3)}`, "Hecha", "Tirada"]) await write(page, line);
      await page.getByRole("checkbox", { name: "Completar «Hecha»" }).click();
      await page.getByRole("button", { name: "Eliminar «Tirada»" }).click();
      await expect(page.getByRole("button", { name: "Deshacer" })).toBeVisible();
      for (const view of [...views, "Compras"]) {
        await goTo(page, view);
        await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
        await expectAccessible(page, `${view}, full`);
      }
      await page.getByRole("searchbox").fill("pan");
      await expect(row(page, "Pan")).toBeVisible();
      await expectAccessible(page, "search");
    });

    test("a task that is edited", async ({ page }) => {
      await register(page);
      await write(page, "Llamar a Lucía mañana !alta #casa");
      await write(page, "Otra");
      await open(page, "Llamar a Lucía");
      await expectAccessible(page, "editor");
      await page.getByLabel("Notas").fill("# Uno\n\n- [enlace](https://example.com) y `código`\n\n> cita");
      await expectAccessible(page, "writing notes");
      await page.getByRole("button", { name: "Listo" }).click();
      await open(page, "Llamar a Lucía");
      await expect(page.getByRole("link", { name: "enlace" })).toBeVisible();
      await expectAccessible(page, "editor with notes");
      await page.getByRole("textbox", { name: "Fecha" }).click();
      await expect(page.getByRole("table")).toBeVisible();
      await expectAccessible(page, "calendar");
      await page.keyboard.press("Escape");
      await page.getByRole("textbox", { name: "Título" }).fill("");
      await expectAccessible(page, "a title that is missing");
    });

    test("tasks that are chosen, menus and dialogs", async ({ page }) => {
      await register(page);
      await makeList(page, "Compras", "Mar");
      for (const line of ["Pan", "Leche #uno", "Té mañana"]) await write(page, line);
      await page.getByRole("button", { name: "Opciones de la lista" }).click();
      await expect(menu(page)).toBeVisible();
      await expectAccessible(page, "menu of a list");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Elegir", exact: true }).click();
      await expectAccessible(page, "none is chosen yet");
      await page.getByRole("checkbox", { name: "Elegir «Pan»" }).click();
      await expectAccessible(page, "one is chosen");
      for (const [name, role] of [
        ["Mover", "menu"],
        ["Etiquetar", "dialog"],
      ] as const) {
        await page.getByRole("toolbar").getByRole("button", { name }).click();
        await expect(page.getByRole(role)).toBeVisible();
        await expectAccessible(page, name);
        await page.keyboard.press("Escape");
        await expect(page.getByRole(role)).toBeHidden();
      }
      await page.getByRole("toolbar").getByRole("button", { name: "Eliminar" }).click();
      await expect(page.getByRole("button", { name: "Deshacer" })).toBeVisible();
      await expectAccessible(page, "what can be undone");
      await chooseInListMenu(page, "Nombre y color");
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page, "dialog of a list");
      await page.keyboard.press("Escape");
      await page.getByRole("banner").getByRole("button").last().click();
      await expect(menu(page)).toBeVisible();
      await expectAccessible(page, "menu of the account");
      await page.keyboard.press("Escape");
      await expect(menu(page)).toBeHidden();
      for (const [keys, name] of [
        ["Control+k", "Comandos"],
        ["?", "Atajos de teclado"],
      ] as const) {
        await page.keyboard.press(keys);
        await expect(page.getByRole("dialog", { name })).toBeVisible();
        await expectAccessible(page, name);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toBeHidden();
      }
    });

    test("two versions of a task", async ({ page, context, baseURL }) => {
      const username = await register(page);
      await write(page, "Uno");
      await saved(page);
      await installed(page);
      const other = await OtherDevice.signIn(String(baseURL), username);
      await context.setOffline(true);
      await (await open(page, "Uno")).fill("Mío");
      await page.keyboard.press("Enter");
      await expectAccessible(page, "without a network");
      await other.edit("Uno", { title: "De otro" });
      await context.setOffline(false);
      await page.getByRole("button", { name: "Decidir 1 cambio" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page, "conflict");
    });

    test.describe("on a phone", () => {
      test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

      test("the same", async ({ page }) => {
        await register(page);
        await expectAccessible(page, "empty");
        for (const line of ["Pan mañana !alta #casa", "Leche"]) await write(page, line);
        await page.getByRole("button", { name: "Abrir las listas" }).click();
        await expect(page.getByRole("navigation", { name: "Listas" })).toBeInViewport({ ratio: 1 });
        await expectAccessible(page, "lists");
        await page.getByRole("button", { name: "Cerrar las listas" }).click();
        await open(page, "Pan");
        await expectAccessible(page, "editor");
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Elegir", exact: true }).click();
        await page.getByRole("checkbox", { name: "Elegir «Pan»" }).click();
        await expectAccessible(page, "chosen");
      });
    });
  });
