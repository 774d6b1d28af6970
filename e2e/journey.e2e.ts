import { expect } from "@playwright/test";
import { addTask, newName, password, register, watch } from "./support/person.ts";
import { test } from "./support/test.ts";

test("somebody who has not registered is told so, registers, and keeps a list of tasks", async ({ page }) => {
  const complaints = watch(page);
  const username = newName();
  await page.goto("/");
  await page.getByLabel("Usuario o correo").fill(username);
  await page.getByRole("textbox", { name: "Contraseña" }).fill(password);
  await page.getByRole("button", { name: "Iniciar sesión" }).click();
  await expect(page.getByRole("alert")).toHaveText("Usuario no encontrado");

  await register(page, { username });
  await addTask(page, "Comprar pan");
  await addTask(page, "Llamar a Lucía");
  await page.getByRole("button", { name: "Eliminar «Comprar pan»" }).click();
  await expect(page.getByText("Comprar pan")).toBeHidden();
  await page.getByRole("button", { name: "Deshacer" }).click();
  await expect(page.getByText("Comprar pan")).toBeVisible();
  await page.getByRole("checkbox", { name: "Completar «Llamar a Lucía»" }).click();
  await expect(page.getByText("Llamar a Lucía")).toBeHidden();
  await page.getByRole("link", { name: "Completadas" }).click();
  await expect(page.getByRole("list", { name: "Completadas" }).getByText("Llamar a Lucía")).toBeVisible();

  await page.reload();
  await expect(page.getByText("Llamar a Lucía")).toBeVisible();
  await page.getByRole("link", { name: "Todas" }).click();
  await expect(page.getByText("Comprar pan")).toBeVisible();
  await expect(page.getByText("Llamar a Lucía")).toBeHidden();
  expect(complaints).toEqual([]);
});

test("a line for a new task is understood before it is sent", async ({ page }) => {
  await register(page);
  await page.getByRole("textbox", { name: "Nueva tarea" }).fill("Pagar el alquiler mañana !urgente #casa");
  const understood = page.getByRole("status", { name: "Lo que se ha entendido" });
  await expect(understood).toContainText("Urgente");
  await expect(understood).toContainText("casa");
  await expect(understood.getByText("Pagar el alquiler", { exact: true })).toBeVisible();
  await page.keyboard.press("Enter");
  const task = page.getByRole("listitem").filter({ hasText: "Pagar el alquiler" });
  await expect(task).toContainText("Urgente");
  await expect(task).toContainText("#casa");
  await expect(task).toContainText(/para el/);
  await expect(task).not.toContainText("mañana");
  await expect(page.getByRole("textbox", { name: "Nueva tarea" })).toHaveValue("");
});

test("an address of no list says so, and leads on", async ({ page }) => {
  await register(page);
  await page.goto("/list/xyz");
  await expect(page.getByText("Aquí no hay nada.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Nueva tarea" })).toBeHidden();
  await page.getByRole("link", { name: "Ver todas las tareas" }).click();
  await expect(page.getByRole("textbox", { name: "Nueva tarea" })).toBeVisible();
});

test("who signs out in one tab is signed out in the other, and nothing of theirs is left", async ({
  page,
  context,
}) => {
  await register(page);
  await addTask(page, "Solo mía");
  const other = await context.newPage();
  await other.goto("/");
  await expect(other.getByText("Solo mía")).toBeVisible();
  await page.getByRole("banner").getByRole("button").last().click();
  await page.getByRole("menuitem", { name: "Cerrar sesión" }).click();
  for (const tab of [page, other]) {
    await expect(tab.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
    await expect(tab.getByText("Solo mía")).toBeHidden();
  }
  await other.reload();
  await expect(other.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
});

test("who signs out without a network stays signed out when it is back", async ({ page, context }) => {
  await register(page);
  await context.setOffline(true);
  await page.getByRole("banner").getByRole("button").last().click();
  await page.getByRole("menuitem", { name: "Cerrar sesión" }).click();
  await expect(page.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
  await context.setOffline(false);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
  // The server is told now: no later visit can go on with the session, even if its cookie is still about because the
  // page went away before the answer came.
  await expect.poll(() => page.evaluate(() => localStorage.getItem("tareas:signing-out"))).toBeNull();
  const refresh = { query: "mutation { refreshSession { expiresAt } }" };
  const answer = await context.request.post("/graphql", { data: refresh });
  expect((await answer.json()).errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
});

test("who has forgotten the password is led to a mail, and by its link to a new password", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "¿Has olvidado la contraseña?" }).click();
  await page.getByLabel("Correo de tu cuenta").fill("nadie@example.com");
  await page.getByRole("button", { name: "Enviar el enlace" }).click();
  await expect(page.getByRole("status")).toContainText("el enlace está en camino");
  await page.goto(`/reset-password#token=tpr_${"x".repeat(43)}`);
  await page.reload();
  await page.getByLabel("Nueva contraseña").fill(password);
  await page.getByRole("button", { name: "Cambiar la contraseña" }).click();
  await expect(page.getByRole("alert")).toHaveText("Este enlace ya no vale: pide otro.");
});

test("a bad name and a bad password are told at their fields", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Registrarse" }).click();
  await page.getByLabel("Usuario").fill("con espacio");
  await page.getByRole("textbox", { name: "Contraseña" }).fill("12345678");
  await page.getByRole("button", { name: "Registrarse" }).click();
  await expect(page.getByLabel("Usuario")).toHaveAccessibleDescription(/Solo letras/);
  await page.getByLabel("Usuario").fill(newName());
  await page.getByRole("button", { name: "Registrarse" }).click();
  await expect(page.getByRole("textbox", { name: "Contraseña" })).toHaveAccessibleDescription(/demasiado común/);
});

test.describe("a browser that speaks English", () => {
  test.use({ locale: "en-GB" });

  test("gets the app in English, can have it in Spanish, and keeps that", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByLabel("Username").fill(newName());
    await page.getByRole("textbox", { name: "Password" }).fill(password);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("heading", { name: "Task list" })).toBeVisible();
    await page.getByRole("banner").getByRole("button").last().click();
    await page.getByText("Español").click();
    await expect(page.getByRole("heading", { name: "Lista de tareas" })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("heading", { name: "Lista de tareas" })).toBeVisible();
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 780 }, hasTouch: true });

  test("the lists are behind a button, and nothing is wider than the screen", async ({ page }) => {
    await register(page);
    await addTask(page, "Una tarea con un títulomuylargoquenosepuedecortarporningunapartehastaquesaledelapantalla");
    const list = page.getByRole("navigation", { name: "Listas" }).getByRole("link", { name: /Tareas/ });
    await expect(list).not.toBeInViewport();
    await page.getByRole("button", { name: "Abrir las listas" }).first().click();
    await list.click();
    await expect(page.getByRole("heading", { level: 1, name: "Tareas" })).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
