import { join } from "node:path";
import { expect, type Page, type TestInfo } from "@playwright/test";
import { register } from "./support/person.ts";
import { test } from "./support/test.ts";

// The pictures of the README: `npm run screens` puts them into docs/screens. Otherwise they lie with the test's results.

const folder = join(import.meta.dirname, "..", "docs", "screens");
const sizes = { desktop: { width: 1_120, height: 720 }, phone: { width: 390, height: 780 } };

const week = [
  "Renovar el pasaporte el 3 de diciembre #papeles",
  "Leer el capítulo 5 de Release It! #estudio",
  "Cena con Lucía el sábado #amigos",
  "Preparar la presentación el viernes !media #estudio",
  "Llevar la bici al taller mañana",
  "Llamar al dentista hoy !alta",
  "Comprar pan hoy #casa",
  "Pagar el alquiler ayer !urgente #casa",
];

async function fill(page: Page): Promise<void> {
  await register(page);
  const line = page.getByRole("textbox", { name: "Nueva tarea" });
  for (const text of week) {
    await line.fill(text);
    await line.press("Enter");
  }
  await expect(page.getByRole("listitem").filter({ hasText: "Pagar el alquiler" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: /^Guardado$/ })).toBeAttached();
}

async function picture(page: Page, name: string, info: TestInfo): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const file = `${name}.png`;
  const path = process.env.SCREENS === "docs" ? join(folder, file) : info.outputPath(file);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
}

for (const scheme of ["light", "dark"] as const)
  for (const [size, viewport] of Object.entries(sizes))
    test(`pictures, ${scheme}, ${size}`, async ({ browser, baseURL }, info) => {
      const context = await browser.newContext({
        ...(baseURL && { baseURL }),
        viewport,
        colorScheme: scheme,
        locale: "es-ES",
        deviceScaleFactor: 1.5,
        hasTouch: size === "phone",
      });
      const page = await context.newPage();
      await page.goto("/");
      await expect(page.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
      await picture(page, `sign-in-${size}-${scheme}`, info);
      await fill(page);
      await picture(page, `tasks-${size}-${scheme}`, info);
      await page.getByRole("button", { name: "Editar «Llamar al dentista»" }).click();
      await expect(page.getByRole("textbox", { name: "Título" })).toBeVisible();
      await picture(page, `editing-${size}-${scheme}`, info);
      await context.close();
    });
