import { expect, type Page } from "@playwright/test";
import { OtherDevice } from "./support/other-device.ts";
import { addTask, installed, password, register } from "./support/person.ts";
import { saved } from "./support/tasks.ts";
import { test } from "./support/test.ts";

const sign = (page: Page, text: string) => expect(page.getByRole("status").filter({ hasText: text })).toBeVisible();

async function rename(page: Page, from: string, to: string): Promise<void> {
  await page.getByRole("button", { name: `Editar «${from}»` }).click();
  await page.getByRole("textbox", { name: "Título" }).fill(to);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: `Editar «${to}»` })).toBeVisible();
}

/** Reads the stored queue until the release, as another tab may: what this one wants to store waits for so long. */
const keepDiskBusy = (page: Page) =>
  page.evaluateHandle(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open("tareas");
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const queue = database.transaction("queue").objectStore("queue");
    let isBusy = true;
    const read = () => {
      if (isBusy) queue.count().onsuccess = read;
    };
    read();
    return () => {
      isBusy = false;
    };
  });

test("what is changed without a network outlives the browser, and is saved once when the network is back", async ({
  page,
  context,
  baseURL,
}) => {
  const username = await register(page);
  await addTask(page, "Comprar pan");
  await addTask(page, "Llamar a Lucía");
  await saved(page);
  await installed(page);

  await context.setOffline(true);
  await addTask(page, "Sin red");
  await rename(page, "Comprar pan", "Comprar pan integral");
  await page.getByRole("checkbox", { name: "Completar «Llamar a Lucía»" }).click();
  await sign(page, "3 cambios por enviar");
  await page.close();

  const later = await context.newPage();
  await later.goto("/");
  for (const title of ["Sin red", "Comprar pan integral"]) await expect(later.getByText(title)).toBeVisible();
  await expect(later.getByText("Llamar a Lucía")).toBeHidden();
  await rename(later, "Sin red", "Sin red, todavía");
  // What was never asked for is found among what is known here.
  await later.getByRole("searchbox").fill("integ");
  await expect(later.getByRole("listitem").filter({ hasText: "Comprar pan integral" })).toBeVisible();
  await expect(later.getByText("Sin red, todavía")).toBeHidden();
  await later.getByRole("link", { name: "Completadas" }).click();
  await expect(later.getByRole("listitem").filter({ hasText: "Llamar a Lucía" })).toBeVisible();
  await later.getByRole("link", { name: "Todas" }).click();
  await sign(later, "cambios por enviar");

  await context.setOffline(false);
  await saved(later);
  const other = await OtherDevice.signIn(String(baseURL), username);
  expect(await other.tasks()).toMatchObject([
    { title: "Sin red, todavía" },
    { title: "Llamar a Lucía", completed: true },
    { title: "Comprar pan integral" },
  ]);
});

test("a change is shown at once, and counted when it is on disk", async ({ page, context }) => {
  await register(page);
  await saved(page);
  await installed(page);
  await context.setOffline(true);
  const release = await keepDiskBusy(page);
  await addTask(page, "Sin red");
  await expect(page.getByRole("status").filter({ hasText: "Sin conexión" })).toHaveText("Sin conexión");
  await release.evaluate((end) => end());
  await sign(page, "1 cambio por enviar");
  await page.close();

  const later = await context.newPage();
  await later.goto("/");
  await expect(later.getByText("Sin red")).toBeVisible();
});

test("a write whose answer is lost is done once", async ({ page, context, baseURL }) => {
  const username = await register(page);
  await saved(page);
  let lost = 0;
  await context.route("**/graphql", async (route) => {
    const isWrite = route.request().postData()?.includes("createTask");
    if (!isWrite || lost === 2) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort("connectionreset");
  });
  await addTask(page, "Una sola vez");
  await saved(page);
  expect(lost).toBe(2);
  const other = await OtherDevice.signIn(String(baseURL), username);
  expect(await other.titles()).toEqual(["Una sola vez"]);
});

test("one's own changes never conflict; those of others in other fields are kept", async ({
  page,
  context,
  baseURL,
}) => {
  const username = await register(page);
  await addTask(page, "Uno");
  await saved(page);
  await installed(page);
  const other = await OtherDevice.signIn(String(baseURL), username);
  await context.setOffline(true);
  await rename(page, "Uno", "Dos");
  await other.edit("Uno", { tags: ["de otro"] });
  await rename(page, "Dos", "Tres");
  await page.getByRole("checkbox", { name: "Completar «Tres»" }).click();
  await context.setOffline(false);
  await saved(page);
  expect(await other.tasks()).toMatchObject([{ title: "Tres", tags: ["de otro"], completed: true }]);
  await expect(page.getByRole("button", { name: /Decidir/ })).toBeHidden();
});

test("where two devices changed the same, both versions are shown and the person chooses", async ({
  page,
  context,
  baseURL,
}) => {
  const username = await register(page);
  await addTask(page, "Comprar pan");
  await addTask(page, "Otra cosa");
  await saved(page);
  await installed(page);
  const other = await OtherDevice.signIn(String(baseURL), username);
  await context.setOffline(true);
  await rename(page, "Comprar pan", "Comprar pan integral");
  await other.edit("Comprar pan", { title: "Comprar pan de centeno", notes: "sin semillas" });
  await rename(page, "Otra cosa", "Otra cosa, con prisa");
  await context.setOffline(false);

  // What is about another task does not wait for the decision.
  await expect.poll(() => other.titles()).toContain("Otra cosa, con prisa");
  await page.getByRole("button", { name: "Decidir 1 cambio" }).click();
  const dialog = page.getByRole("dialog", { name: "Dos versiones de la misma tarea" });
  await expect(dialog.getByRole("radio", { name: "Tu versión: Comprar pan integral" })).toBeChecked();
  await dialog.getByRole("radio", { name: "La otra versión: Comprar pan de centeno" }).press(" ");
  await dialog.getByRole("button", { name: "Guardar lo elegido" }).press("Enter");
  await saved(page);
  await expect(page.getByText("Comprar pan de centeno")).toBeVisible();

  // And the other way round.
  await context.setOffline(true);
  await rename(page, "Comprar pan de centeno", "Comprar leche");
  await other.edit("Comprar pan de centeno", { title: "Comprar queso" });
  await context.setOffline(false);
  await page.getByRole("button", { name: "Decidir 1 cambio" }).click();
  await page.getByRole("button", { name: "Guardar lo elegido" }).click();
  await expect.poll(() => other.titles()).toContain("Comprar leche");
  await expect(page.getByRole("button", { name: /Decidir/ })).toBeHidden();
});

test("a session that has ended asks to sign in again, and keeps what was not saved", async ({
  page,
  context,
  baseURL,
}) => {
  const username = await register(page);
  await addTask(page, "Antes");
  await saved(page);
  await context.setOffline(true);
  await addTask(page, "Durante");
  const other = await OtherDevice.signIn(String(baseURL), username);
  await other.signOutEverywhere();
  await context.setOffline(false);
  await expect(page.getByText("Tu sesión ha terminado")).toBeVisible();
  await expect(page.getByLabel("Usuario o correo")).toHaveValue(username);
  await page.getByRole("textbox", { name: "Contraseña" }).fill(password);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Durante")).toBeVisible();
  await saved(page);
  expect(await (await OtherDevice.signIn(String(baseURL), username)).titles()).toEqual(["Durante", "Antes"]);
});

test("who signs out with unsaved changes is asked first", async ({ page, context }) => {
  await register(page);
  await saved(page);
  await context.setOffline(true);
  await addTask(page, "Sin guardar");
  await page.getByRole("banner").getByRole("button").last().click();
  await page.getByRole("menuitem", { name: "Cerrar sesión" }).click();
  const dialog = page.getByRole("dialog", { name: "Cerrar sesión" });
  await expect(dialog).toContainText("1 cambio no se ha guardado todavía");
  await dialog.getByRole("button", { name: "Quedarme" }).click();
  await expect(page.getByText("Sin guardar")).toBeVisible();
});
