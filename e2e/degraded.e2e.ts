import { expect, type Page } from "@playwright/test";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { addTask, register } from "./support/person.ts";
import { test } from "./support/test.ts";

// A stack of their own: what they stop is stopped for everybody.
let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack[Symbol.asyncDispose]());

const saved = (page: Page) => expect(page.getByRole("status").filter({ hasText: /^Guardado$/ })).toBeVisible();
const banner = (page: Page, text: string) => page.getByRole("status").filter({ hasText: text });
const namesAway = "Los nombres no se pueden mostrar ahora; tus tareas funcionan.";
const tasksAway = "Las tareas no se pueden cargar ahora; lo intentamos de nuevo.";

test("without the users subgraph tasks go on, a quiet word says what is missing, and it goes when that is back", async ({
  page,
}) => {
  await register(page, { url: stack.router.url });
  await addTask(page, "Antes");
  await saved(page);
  await stack.users.stop();
  await addTask(page, "Mientras tanto");
  await saved(page);
  await expect(banner(page, namesAway)).toBeVisible();
  await page.getByRole("checkbox", { name: "Completar «Antes»" }).click();
  await expect(page.getByText("Antes")).toBeHidden();
  await saved(page);

  // Who comes back finds their tasks, though nobody can say who they are.
  await page.reload();
  await expect(page.getByText("Mientras tanto")).toBeVisible();

  await stack.users.start();
  await expect(banner(page, namesAway)).toBeHidden({ timeout: 20_000 });
  await addTask(page, "Después");
  await saved(page);
});

test("without the tasks subgraph the last data is shown, changes wait, and are saved when it is back", async ({
  page,
}) => {
  await register(page, { url: stack.router.url });
  await addTask(page, "Antes");
  await saved(page);
  await stack.tasks.stop();
  await addTask(page, "Mientras tanto");
  await expect(banner(page, "1 cambio por enviar")).toBeVisible();
  await page.reload();
  await expect(banner(page, tasksAway)).toBeVisible();
  for (const title of ["Antes", "Mientras tanto"]) await expect(page.getByText(title)).toBeVisible();

  await stack.tasks.start();
  await saved(page);
  await expect(banner(page, tasksAway)).toBeHidden({ timeout: 20_000 });
  await page.reload();
  for (const title of ["Antes", "Mientras tanto"]) await expect(page.getByText(title)).toBeVisible();
});
