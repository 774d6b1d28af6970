import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { startStack } from "@tareas/local-stack/start-stack";
import { addTask, newName, password, register, watch } from "./support/person.ts";
import { test } from "./support/test.ts";

const newPassword = "otra frase larga";
const section = (page: Page, name: string) => page.getByRole("region", { name });
const button = (page: Page, name: string) => page.getByRole("button", { name });
const said = (page: Page, text: string | RegExp) => expect(page.locator(".tareas-toasts")).toHaveText(text);

/** Comes to the settings as people do: by the menu of their account. */
async function openSettings(page: Page): Promise<void> {
  await page.getByRole("banner").getByRole("button").last().click();
  await page.getByRole("menuitem", { name: "Ajustes" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ajustes" })).toBeVisible();
}

async function signIn(page: Page, username: string, secret = password): Promise<void> {
  await page.goto("/");
  await page.getByLabel("Usuario o correo").fill(username);
  await page.getByRole("textbox", { name: "Contraseña" }).fill(secret);
  await button(page, "Iniciar sesión").click();
}

/** The same person in a browser of its own. */
async function elsewhere(browser: Browser, username: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, username);
  await expect(page.getByRole("textbox", { name: "Nueva tarea" })).toBeVisible();
  return page;
}

/** Resolves when a page that looks again and again is told that its session has ended: that takes some seconds. */
const signedOut = (page: Page) =>
  expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });

const choose = (page: Page, label: string, choice: string) =>
  section(page, "Apariencia").getByRole("radiogroup", { name: label }).getByText(choice, { exact: true }).click();

test("theme, language and the first day of the week are kept", async ({ page }) => {
  const complaints = watch(page);
  await register(page);
  await openSettings(page);
  await choose(page, "Tema", "Oscuro");
  await page.getByLabel("La semana empieza en").selectOption("sábado");
  await choose(page, "Idioma", "English");
  for (const visit of ["first", "second"]) {
    await expect(page.getByRole("heading", { level: 1, name: "Settings" }), visit).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
    await expect(page.getByLabel("First day of the week")).toHaveValue("saturday");
    await page.reload();
  }
  await page.getByLabel("First day of the week").selectOption("");
  await page.reload();
  await expect(page.getByLabel("First day of the week")).toHaveValue("");
  expect(complaints).toEqual([]);
});

test("calendars begin with the day that was chosen", async ({ page }) => {
  await register(page);
  await addTask(page, "Comprar pan");
  for (const [choice, day] of [
    ["domingo", "do"],
    ["lunes", "lu"],
  ] as const) {
    await page.goto("/settings");
    await page.getByLabel("La semana empieza en").selectOption(choice);
    await page.goto("/");
    await button(page, "Editar «Comprar pan»").click();
    await page.getByRole("textbox", { name: "Fecha" }).click();
    await expect(page.getByRole("table").locator("th").first()).toHaveText(day);
  }
});

test("the name is changed at once and everywhere, the e-mail address by who knows the password", async ({ page }) => {
  const username = await register(page);
  await openSettings(page);
  const profile = section(page, "Perfil");
  await expect(profile.getByLabel("Usuario")).toHaveValue(username);
  await profile.getByLabel("Nombre visible").fill("Doña Aroa");
  await button(page, "Guardar").click();
  await said(page, "Guardado");
  await expect(page.getByRole("banner").getByRole("button", { name: "Doña Aroa" })).toBeVisible();

  const email = `${username}@example.com`;
  await profile.getByLabel("Correo").fill(email);
  await profile.getByRole("textbox", { name: "Contraseña actual" }).fill("otra cosa");
  await button(page, "Guardar").click();
  const secret = profile.getByRole("textbox", { name: "Contraseña actual" });
  await expect(secret).toHaveAccessibleDescription(/La contraseña no es correcta/);
  await secret.fill(password);
  await button(page, "Guardar").click();
  await expect(secret).toBeHidden();
  await expect(section(page, "Actividad de la cuenta").getByText("Correo cambiado")).toBeVisible();
  await page.reload();
  await expect(profile.getByLabel("Correo")).toHaveValue(email);
  await expect(profile.getByLabel("Nombre visible")).toHaveValue("Doña Aroa");
});

test("an e-mail address that another has is told at its field", async ({ page, browser }) => {
  const email = `${newName()}@example.com`;
  const other = await (await browser.newContext()).newPage();
  for (const one of [other, page]) {
    await register(one);
    await openSettings(one);
    await one.getByLabel("Correo").fill(email);
    await section(one, "Perfil").getByRole("textbox", { name: "Contraseña actual" }).fill(password);
    await button(one, "Guardar").click();
    if (one === other) await said(one, "Guardado");
  }
  await expect(page.getByLabel("Correo")).toHaveAccessibleDescription("Ya está en uso");
});

test("a new password takes the old one, and signs out the other sessions", async ({ page, browser }) => {
  test.setTimeout(60_000);
  const username = await register(page);
  const other = await elsewhere(browser, username);
  await openSettings(page);
  const form = section(page, "Contraseña");
  const [current, wanted] = [
    form.getByRole("textbox", { name: "Contraseña actual" }),
    form.getByRole("textbox", { name: "Nueva contraseña" }),
  ];
  const submit = form.getByRole("button", { name: "Cambiar la contraseña" });
  await current.fill("no es esta");
  await wanted.fill(newPassword);
  await submit.click();
  await expect(current).toHaveAccessibleDescription("La contraseña no es correcta");
  await current.fill(password);
  await wanted.fill("12345678");
  await submit.click();
  await expect(wanted).toHaveAccessibleDescription(/demasiado común/);
  await wanted.fill(newPassword);
  await submit.click();
  await said(page, "Contraseña cambiada; se ha cerrado 1 sesión más");
  await expect(current).toHaveValue("");
  await signedOut(other);
  await signIn(other, username);
  await expect(other.getByRole("alert")).toHaveText("Usuario o contraseña incorrectos");
  await signIn(other, username, newPassword);
  await expect(other.getByRole("textbox", { name: "Nueva tarea" })).toBeVisible();
});

test("sessions are listed in plain words, and ended: one, all others, all", async ({ page, browser }) => {
  test.setTimeout(90_000);
  const username = await register(page);
  const [first, ...rest] = [
    await elsewhere(browser, username),
    await elsewhere(browser, username),
    await elsewhere(browser, username),
  ] as [Page, ...Page[]];
  await openSettings(page);
  const list = section(page, "Sesiones");
  const rows = list.getByRole("listitem");
  await expect(rows).toHaveCount(4);
  await expect(rows.filter({ hasText: "Chrome en" })).toHaveCount(4);
  await expect(rows.filter({ hasText: "Esta" })).toHaveCount(1);
  await expect(rows.filter({ hasText: "Esta" }).getByRole("button")).toHaveCount(0);
  await rows
    .getByRole("button", { name: /Cerrar la sesión/ })
    .last()
    .click();
  await expect(rows).toHaveCount(3);
  await signedOut(first); // it was used the longest ago
  await list.getByRole("button", { name: "Cerrar las demás" }).click();
  await expect(rows).toHaveCount(1);
  for (const other of rest) await signedOut(other);

  await list.getByRole("button", { name: "Cerrar sesión en todas partes" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cerrar sesión en todas partes" }).click();
  await expect(page.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
});

test("a token for a program is shown once, works, and is revoked", async ({ page, baseURL }) => {
  await register(page);
  await addTask(page, "Para el programa");
  await openSettings(page);
  const tokens = section(page, "Tokens de API");
  await tokens.getByLabel("Para qué es").fill("Copia nocturna");
  await tokens.getByLabel("Validez").selectOption("7 días");
  await button(page, "Crear un token").click();
  const token = String(await tokens.getByRole("status").locator("code").textContent());
  const ask = async () => {
    const authorization = `Bearer ${token}`;
    const response = await fetch(`${baseURL}/tasks`, { headers: { authorization } });
    return response.ok ? await response.text() : response.status;
  };
  expect(await ask()).toContain("Para el programa");
  await expect(tokens.getByRole("listitem")).toContainText(["Leer tus tareas"]);
  await expect(tokens.getByRole("listitem")).toContainText(["Caduca dentro de 7 días"]);
  await page.reload();
  await expect(tokens.getByText("Copia nocturna")).toBeVisible();
  await expect(page.getByText(token)).toBeHidden();
  await button(page, "Revocar «Copia nocturna»").click();
  await page.getByRole("dialog").getByRole("button", { name: "Revocar" }).click();
  await expect(tokens.getByText("Copia nocturna")).toBeHidden();
  await expect(section(page, "Actividad de la cuenta").getByText("Token revocado: Copia nocturna")).toBeVisible();
  await expect.poll(ask, { timeout: 20_000 }).toBe(401);
});

test("the export is one document with all of the tasks", async ({ page }) => {
  const username = await register(page);
  await addTask(page, "Comprar pan");
  await addTask(page, "Llamar a Lucía");
  await expect(page.getByRole("status").filter({ hasText: /^Guardado$/ })).toBeVisible();
  await openSettings(page);
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Descargar mis datos").click()]);
  expect(download.suggestedFilename()).toMatch(/^tareas-\d{4}-\d\d-\d\d\.json$/);
  const document = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(JSON.stringify(document)).toContain(username);
  expect(document.tasks.map(({ title }: { title: string }) => title).sort()).toEqual(["Comprar pan", "Llamar a Lucía"]);
});

test("without a network the settings say so, what is of this device works, and all is there when it is back", async ({
  page,
  context,
}) => {
  await register(page);
  await openSettings(page);
  await expect(section(page, "Sesiones").getByRole("listitem")).toHaveCount(1);
  await context.setOffline(true);
  await button(page, "Descargar mis datos").click();
  await expect(section(page, "Tus datos").getByRole("alert")).toHaveText("No hay conexión");
  await page.getByRole("link", { name: "Todas" }).click();
  await openSettings(page);
  await expect(section(page, "Perfil").getByRole("status")).toContainText("No hay conexión");
  await choose(page, "Tema", "Oscuro");
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await context.setOffline(false);
  await expect(section(page, "Perfil").getByLabel("Nombre visible")).toBeVisible();
});

test("without the users subgraph each part says so quietly, and the rest works", async ({ page }) => {
  test.setTimeout(60_000);
  await using stack = await startStack();
  await register(page, { url: stack.router.url });
  await stack.users.stop();
  await openSettings(page);
  const away = "Esta parte no responde ahora mismo: prueba en un momento";
  for (const name of ["Perfil", "Sesiones", "Tokens de API", "Actividad de la cuenta"])
    await expect(section(page, name).getByRole("status")).toContainText(away);
  const form = section(page, "Contraseña");
  await form.getByRole("textbox", { name: "Contraseña actual" }).fill(password);
  await form.getByRole("textbox", { name: "Nueva contraseña" }).fill(newPassword);
  await button(page, "Cambiar la contraseña").click();
  await expect(form.getByRole("alert")).toHaveText(away);
  await button(page, "Descargar mis datos").click();
  await expect(section(page, "Tus datos").getByRole("alert")).toHaveText(away);
  await choose(page, "Tema", "Oscuro");
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await stack.users.start();
  const name = section(page, "Perfil").getByLabel("Nombre visible");
  await expect(name).toBeVisible({ timeout: 20_000 });
});

test("an account is deleted by who knows its password and types its name; nothing is left here", async ({ page }) => {
  const username = await register(page);
  await addTask(page, "Solo mía");
  await openSettings(page);
  await button(page, "Eliminar mi cuenta…").click();
  const dialog = page.getByRole("dialog");
  const name = dialog.getByLabel(`Escribe «${username}»`);
  const secret = dialog.getByRole("textbox", { name: "Contraseña actual" });
  const confirm = dialog.getByRole("button", { name: "Eliminar para siempre" });
  await name.fill("otra persona");
  await secret.fill("no es esta");
  await confirm.click();
  await expect(name).toHaveAccessibleDescription("No es tu nombre de usuario");
  await name.fill(username);
  await confirm.click();
  await expect(secret).toHaveAccessibleDescription("La contraseña no es correcta");
  await secret.fill(password);
  await confirm.click();
  await expect(page.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
  await page.reload();
  await signIn(page, username);
  await expect(page.getByRole("alert")).toHaveText("Usuario no encontrado");
});

/** Presses a key until something has the focus. */
async function pressTo(page: Page, key: string, target: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(target).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0], timeout: 20_000 });
}

const tabTo = (page: Page, target: Locator) => pressTo(page, "Tab", target);

test("all of it can be done with the keyboard alone", async ({ page }) => {
  test.setTimeout(90_000);
  const username = await register(page);
  await tabTo(page, page.getByRole("banner").getByRole("button", { name: username }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await pressTo(page, "ArrowDown", page.getByRole("menuitem", { name: "Ajustes" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Ajustes" })).toBeVisible();

  const theme = page.getByRole("radiogroup", { name: "Tema" });
  await tabTo(page, theme.getByRole("radio", { name: "Del sistema" }));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await tabTo(page, page.getByLabel("La semana empieza en"));
  await page.keyboard.type("do");
  await expect(page.getByLabel("La semana empieza en")).toHaveValue("sunday");

  await tabTo(page, page.getByLabel("Nombre visible"));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("A mano");
  await page.keyboard.press("Enter");
  await said(page, "Guardado");

  const form = section(page, "Contraseña");
  await tabTo(page, form.getByRole("textbox", { name: "Contraseña actual" }));
  await page.keyboard.type(password);
  await tabTo(page, form.getByRole("textbox", { name: "Nueva contraseña" }));
  await page.keyboard.type(newPassword);
  await page.keyboard.press("Enter");
  await said(page, /Contraseña cambiada/);

  const tokens = section(page, "Tokens de API");
  await tabTo(page, tokens.getByLabel("Para qué es"));
  await page.keyboard.type("Teclado");
  await tabTo(page, tokens.getByLabel("Cambiar tus tareas"));
  await page.keyboard.press("Space");
  await tabTo(page, button(page, "Crear un token"));
  await page.keyboard.press("Enter");
  await expect(tokens.getByRole("listitem")).toContainText(["Leer tus tareas · Cambiar tus tareas"]);
  await tabTo(page, button(page, "Revocar «Teclado»"));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Revocar" }));
  await page.keyboard.press("Enter");
  await expect(tokens.getByRole("listitem")).toHaveCount(0);

  const exporting = page.waitForEvent("download");
  await tabTo(page, button(page, "Descargar mis datos"));
  await page.keyboard.press("Enter");
  await exporting;

  await tabTo(page, button(page, "Eliminar mi cuenta…"));
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(`Escribe «${username}»`)).toBeFocused();
  await page.keyboard.type(username);
  await tabTo(page, page.getByRole("dialog").getByRole("textbox", { name: "Contraseña actual" }));
  await page.keyboard.type(newPassword);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const)
  for (const viewport of [
    { width: 1_200, height: 800 },
    { width: 390, height: 780 },
  ])
    test.describe(`${colorScheme}, ${viewport.width} wide`, () => {
      test.use({ colorScheme, viewport });

      test("everybody can use it, and nothing is wider than the screen", async ({ page }) => {
        await register(page);
        await openSettings(page);
        await button(page, "Crear un token").waitFor();
        await page.getByLabel("Para qué es").fill("Copia");
        await button(page, "Crear un token").click();
        await expect(page.getByText("Cópialo ahora")).toBeVisible();
        await page.getByLabel("Correo").fill("persona@example.com");
        await section(page, "Perfil").getByRole("textbox", { name: "Contraseña actual" }).fill("no es esta");
        await button(page, "Guardar").click();
        await expect(page.getByText("La contraseña no es correcta")).toBeVisible();
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        await button(page, "Eliminar mi cuenta…").click();
        await expect(page.getByRole("dialog")).toBeVisible();
        // What is behind a dialog is out of reach, so that there is one banner after all.
        const inDialog = new AxeBuilder({ page }).include("[role=dialog]").disableRules("landmark-no-duplicate-banner");
        expect((await inDialog.analyze()).violations).toEqual([]);
      });
    });
