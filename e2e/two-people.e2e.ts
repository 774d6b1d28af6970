import { expect, type Page } from "@playwright/test";
import { OtherDevice } from "./support/other-device.ts";
import { addTask, newName, password, register } from "./support/person.ts";
import { goTo, row, saved } from "./support/tasks.ts";
import { test } from "./support/test.ts";

async function throwAway(page: Page, title: string): Promise<void> {
  await addTask(page, title);
  await row(page, title).hover();
  await page.getByRole("button", { name: `Eliminar «${title}»` }).click();
}

test("what one person did is never done in the name of another who has signed in since", async ({
  page,
  context,
  baseURL,
}) => {
  const ana = await register(page);
  await throwAway(page, "De Ana");
  await goTo(page, "Papelera");
  await expect(row(page, "De Ana")).toBeVisible();
  await saved(page);

  // It is held for eight seconds. Meanwhile the browser's session becomes another's, in a way that this tab hears nothing of.
  await page.getByRole("button", { name: "Vaciar la papelera" }).click();
  const input = { username: newName(), password };
  const query = "mutation($input: RegisterInput!) { register(input: $input) { accessToken } }";
  await context.request.post("/graphql", { data: { query, variables: { input } } });
  const bea = await OtherDevice.signIn(String(baseURL), input.username);
  await bea.throwAway("De Bea");
  await (await OtherDevice.signIn(String(baseURL), ana)).signOutEverywhere();

  await expect(page.getByRole("banner").getByRole("button", { name: input.username })).toBeVisible({ timeout: 30_000 });
  await goTo(page, "Papelera");
  await expect(row(page, "De Bea")).toBeVisible();
  await saved(page);
  expect(await bea.trashed()).toEqual(["De Bea"]);
});

test("who signs out while the session is being renewed stays signed out", async ({ page, context }) => {
  const name = await register(page);
  await saved(page);
  const { promise: letGo, resolve } = Promise.withResolvers<void>();
  const { promise: asked, resolve: hasAsked } = Promise.withResolvers<void>();
  await context.route("**/graphql", async (route) => {
    if (!route.request().postData()?.includes("RefreshSession")) return route.continue();
    const response = await route.fetch();
    hasAsked();
    await letGo;
    await route.fulfill({ response });
  });
  await page.reload();
  await asked;
  await page.getByRole("button", { name }).click();
  await page.getByRole("menuitem", { name: "Cerrar sesión" }).click();
  await expect(page.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
  resolve();
  await expect.poll(() => page.evaluate(() => localStorage.getItem("tareas:signing-out"))).toBeNull();
  await expect(page.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
});
