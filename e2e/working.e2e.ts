import { expect, type Page } from "@playwright/test";
import { register, watch } from "./support/person.ts";
import {
  chooseInListMenu,
  count,
  day,
  goTo,
  makeList,
  open,
  row,
  saved,
  titles,
  undo,
  write,
} from "./support/tasks.ts";
import { test } from "./support/test.ts";

const heading = (page: Page, name: string) => expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
const choose = (page: Page, title: string) => page.getByRole("checkbox", { name: `Elegir «${title}»` });
const bar = (page: Page) => page.getByRole("toolbar", { name: "Tareas elegidas" });

test("a new task goes where its line says, else where one is", async ({ page }) => {
  await register(page);
  await makeList(page, "Viaje a Lisboa");
  await write(page, "Hotel");
  await goTo(page, "Hoy");
  await write(page, "Llamar !alta");
  await write(page, "Vuelo +viajealisboa #avión #Papeles mañana");
  await expect(row(page, "Llamar")).toContainText("Hoy");
  await expect(row(page, "Llamar")).toContainText("Alta");
  await expect(row(page, "Vuelo")).toBeHidden();
  await expect.poll(() => count(page, "Hoy")).toBe("1");
  await expect.poll(() => count(page, "Próximas")).toBe("1");
  await goTo(page, "Viaje a Lisboa");
  await expect.poll(() => titles(page)).toEqual(["Vuelo", "Hotel"]);
  await expect(row(page, "Vuelo")).toContainText("#avión");
  await expect.poll(() => count(page, "Viaje a Lisboa")).toBe("2");
  await expect.poll(() => count(page, "Tareas")).toBe("1");

  const field = page.getByRole("textbox", { name: "Nueva tarea" });
  await field.fill("   ");
  await field.press("Enter");
  await write(page, "#solo !alta");
  await expect.poll(() => titles(page)).toEqual(["#solo !alta", "Vuelo", "Hotel"]);
  await saved(page);
  await page.reload();
  await expect.poll(() => titles(page)).toEqual(["#solo !alta", "Vuelo", "Hotel"]);
});

test("a view that is opened while a change waits shows what the server says, and the change", async ({
  page,
  context,
}) => {
  await register(page);
  await write(page, "Leer hoy");
  await saved(page);
  const { promise: letGo, resolve } = Promise.withResolvers<void>();
  await context.route("**/graphql", async (route) => {
    if (route.request().postData()?.includes("createTask")) await letGo;
    await route.continue();
  });
  await write(page, "Llamar hoy");
  await goTo(page, "Hoy");
  await expect.poll(() => titles(page)).toEqual(["Leer", "Llamar"]);
  resolve();
  await saved(page);
  expect(await titles(page)).toEqual(["Leer", "Llamar"]);
});

test("a task takes whatever people paste, and keeps it", async ({ page, context }) => {
  const complaints = watch(page);
  await register(page);
  const odd = [
    "😀 familia 👨‍👩‍👧‍👦",
    "مرحبا بالعالم",
    "x".repeat(500),
    "<img src=x onerror=alert(1)>",
    "%s {{y}} $t(z)",
  ];
  for (const title of odd) await write(page, title);
  await expect.poll(() => titles(page)).toEqual(odd.toReversed());
  const tags = Array.from({ length: 25 }, (_, i) => `#e${i}`);
  await write(page, `Etiquetas ${tags.join(" ")} #${"z".repeat(51)}`);
  await expect(row(page, "Etiquetas")).toContainText("#e19");
  await expect
    .poll(async () => (await titles(page))[0])
    .toBe(`Etiquetas ${tags.slice(20).join(" ")} #${"z".repeat(51)}`);

  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(() => navigator.clipboard.writeText("una\nlínea\u202e\r\ny\u0007 otra"));
  await page.getByRole("textbox", { name: "Nueva tarea" }).focus();
  await page.keyboard.press("ControlOrMeta+v");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await titles(page))[0]).toMatch(/^una línea\s+y\s+otra$/);
  await saved(page);
  await page.reload();
  await expect.poll(async () => (await titles(page)).slice(2)).toEqual(odd.toReversed());
  expect(complaints).toEqual([]);
});

test("a task is edited where it is, and says so at once", async ({ page }) => {
  await register(page);
  await makeList(page, "Casa");
  await goTo(page, "Todas");
  await write(page, "Comprar pan");
  const title = await open(page, "Comprar pan");
  await title.fill("");
  await expect(title).toHaveAccessibleDescription("Una tarea necesita un título");
  await title.fill("Comprar pan integral");
  await page.getByRole("textbox", { name: "Fecha" }).fill("2030-03-04");
  await page.getByText("Urgente", { exact: true }).click();
  const tags = page.getByRole("combobox", { name: "Etiquetas" }).or(page.getByRole("textbox", { name: "Etiquetas" }));
  await tags.fill("horno");
  await tags.press("Enter");
  await page.getByRole("combobox", { name: "Lista" }).selectOption("Casa");
  await page.getByRole("button", { name: "Listo" }).click();
  const edited = row(page, "Comprar pan integral");
  for (const text of ["Urgente", "4 mar", "#horno", "Casa"]) await expect(edited).toContainText(text);

  await open(page, "Comprar pan integral");
  await page.getByRole("textbox", { name: "Fecha" }).click();
  await page.getByRole("button", { name: "15 marzo 2030" }).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(edited).toContainText("15 mar");
  await open(page, "Comprar pan integral");
  await page.getByRole("textbox", { name: "Fecha" }).fill("");
  await page.getByRole("button", { name: "Listo" }).click();
  await expect(edited).not.toContainText("mar");
  await saved(page);
  await page.reload();
  for (const text of ["Urgente", "#horno", "Casa"]) await expect(edited).toContainText(text);
});

test("a day that is written takes a task out of a view when it is closed, not before", async ({ page }) => {
  await register(page);
  await goTo(page, "Hoy");
  await write(page, "Comprar pan");
  const title = await open(page, "Comprar pan");
  await page.getByRole("textbox", { name: "Fecha" }).fill("vie");
  await expect.poll(() => count(page, "Hoy")).toBe("");
  await title.fill("Comprar pan el viernes");
  await title.press("Enter");
  await expect(page.getByText("Nada para hoy")).toBeVisible();
  await goTo(page, "Próximas");
  await expect(row(page, "Comprar pan el viernes")).toBeVisible();
});

test("notes are Markdown that can do no harm", async ({ page }) => {
  const complaints = watch(page);
  await register(page);
  await write(page, "Con notas");
  await open(page, "Con notas");
  await page
    .getByLabel("Notas")
    .fill(
      [
        "**Fuerte** y [bueno](https://example.com/a)",
        "<script>document.title = 'mal'</script><img src=x onerror=\"document.title='mal'\">",
        "[malo](javascript:document.title='mal') [peor](data:text/html,hola) <a href='javascript:1'>crudo</a>",
        "![foto](https://example.com/foto.png)",
      ].join("\n\n"),
    );
  await page.getByRole("button", { name: "Listo" }).click();
  await expect(row(page, "Con notas").getByLabel("Tiene notas")).toBeVisible();
  const editor = row(page, "Fuerte");
  await open(page, "Con notas");
  await expect(editor.locator("strong")).toHaveText("Fuerte");
  const good = editor.getByRole("link", { name: "bueno" });
  await expect(good).toHaveAttribute("href", "https://example.com/a");
  await expect(good).toHaveAttribute("rel", /noreferrer/);
  await expect(editor.getByRole("link", { name: "foto" })).toBeVisible();
  await expect(editor.locator("img, script, iframe")).toHaveCount(0);
  const addresses = await editor.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(addresses.filter((address) => address && !address.startsWith("https://"))).toEqual([]);
  await expect(page).toHaveTitle(/^(?!mal)/);
  await page.getByRole("button", { name: "Editar las notas" }).click();
  await expect(page.getByLabel("Notas")).toBeFocused();
  expect(complaints).toEqual([]);
});

test("tasks are put into order by dragging and by buttons, and stay so", async ({ page }) => {
  await register(page);
  await goTo(page, "Tareas");
  for (const title of ["Cuatro", "Tres", "Dos", "Uno"]) await write(page, title);
  await expect.poll(() => titles(page)).toEqual(["Uno", "Dos", "Tres", "Cuatro"]);
  await saved(page);
  const from = row(page, "Uno").locator("[title=Arrastrar]");
  await from.hover();
  await page.mouse.down();
  const target = await row(page, "Tres").boundingBox();
  if (!target) throw new Error("the row has no place");
  for (const part of [0.2, 0.6, 0.8])
    await page.mouse.move(target.x + 20, target.y + target.height * part, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => titles(page)).toEqual(["Dos", "Tres", "Uno", "Cuatro"]);

  await open(page, "Cuatro");
  await page.getByRole("button", { name: "Subir" }).click();
  await page.getByRole("button", { name: "Subir" }).click();
  await page.getByRole("button", { name: "Listo" }).click();
  await expect.poll(() => titles(page)).toEqual(["Dos", "Cuatro", "Tres", "Uno"]);
  await saved(page);
  await page.reload();
  await expect.poll(() => titles(page)).toEqual(["Dos", "Cuatro", "Tres", "Uno"]);
});

test("many tasks are chosen and changed at once, and each change can be undone", async ({ page }) => {
  await register(page);
  await makeList(page, "Casa");
  await goTo(page, "Todas");
  for (const title of ["Cuatro", "Tres", "Dos", "Uno"]) await write(page, title);
  const chooseThree = async () => {
    await page.getByRole("button", { name: "Elegir", exact: true }).click();
    await choose(page, "Uno").click();
    await choose(page, "Tres").click({ modifiers: ["Shift"] });
    await expect(bar(page)).toContainText("3 elegidas");
  };
  await chooseThree();
  await bar(page).getByRole("button", { name: "Completar" }).click();
  await expect.poll(() => titles(page)).toEqual(["Cuatro"]);
  await expect(bar(page)).toBeHidden();
  await undo(page);
  await expect.poll(() => titles(page)).toEqual(["Uno", "Dos", "Tres", "Cuatro"]);

  await chooseThree();
  await bar(page).getByRole("button", { name: "Mover" }).click();
  await page.getByRole("menuitem", { name: "Casa" }).click();
  await expect.poll(() => count(page, "Casa")).toBe("3");
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => count(page, "Casa")).toBe("");

  await chooseThree();
  await bar(page).getByRole("button", { name: "Etiquetar" }).click();
  await page.getByRole("textbox", { name: "Nombre de la etiqueta" }).fill("#juntas");
  await page.keyboard.press("Enter");
  await expect(page.getByText("#juntas")).toHaveCount(3);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.getByText("#juntas")).toHaveCount(0);

  await chooseThree();
  await bar(page).getByRole("button", { name: "Eliminar" }).click();
  await expect.poll(() => titles(page)).toEqual(["Cuatro"]);
  await undo(page);
  await expect.poll(() => titles(page)).toEqual(["Uno", "Dos", "Tres", "Cuatro"]);
  await saved(page);
  await page.reload();
  await expect.poll(() => titles(page)).toEqual(["Uno", "Dos", "Tres", "Cuatro"]);
});

test("what is deleted can be had back, until it is deleted for good", async ({ page }) => {
  await register(page);
  for (const title of ["Cuatro", "Tres", "Dos", "Uno"]) await write(page, title);
  for (const title of ["Uno", "Dos", "Tres"]) await page.getByRole("button", { name: `Eliminar «${title}»` }).click();
  await expect.poll(() => titles(page)).toEqual(["Cuatro"]);
  await goTo(page, "Papelera");
  await expect.poll(() => titles(page)).toEqual(["Tres", "Dos", "Uno"]);
  await page.getByRole("button", { name: "Restaurar «Uno»" }).click();
  await expect(row(page, "Uno")).toBeHidden();
  await expect.poll(() => count(page, "Todas")).toBe("2");

  await page.getByRole("button", { name: "Eliminar para siempre «Dos»" }).click();
  await expect(row(page, "Dos")).toBeHidden();
  await undo(page);
  await expect(row(page, "Dos")).toBeVisible();
  await page.getByRole("button", { name: "Vaciar la papelera" }).click();
  await expect(page.getByText("La papelera está vacía")).toBeVisible();
  await undo(page);
  await expect.poll(() => titles(page)).toEqual(["Tres", "Dos"]);
  await page.getByRole("button", { name: "Vaciar la papelera" }).click();
  await page.getByRole("button", { name: "Cerrar", exact: true }).click();
  await saved(page);
  await page.reload();
  await expect(page.getByText("La papelera está vacía")).toBeVisible();
  await goTo(page, "Todas");
  await expect.poll(() => titles(page)).toEqual(["Uno", "Cuatro"]);
});

test("lists are made, named, put into order, and deleted with or without their tasks", async ({ page }) => {
  await register(page);
  const lists = () =>
    page
      .getByRole("navigation", { name: "Listas" })
      .locator('a[href^="/list/"]')
      .evaluateAll((links) => links.map((link) => link.textContent?.replace(/\d+$/, "")));
  await makeList(page, "Casa", "Mar");
  await write(page, "De casa");
  await makeList(page, "Viaje", "Ciruela");
  await write(page, "De viaje");
  await chooseInListMenu(page, "Nombre y color");
  await page.getByRole("dialog").getByLabel("Nombre de la lista").fill("Viaje a Lisboa");
  await page.getByRole("dialog").getByRole("button", { name: "Arena" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Guardar" }).click();
  await heading(page, "Viaje a Lisboa");
  await expect.poll(lists).toEqual(["Tareas", "Casa", "Viaje a Lisboa"]);
  await chooseInListMenu(page, "Subir");
  await expect.poll(lists).toEqual(["Tareas", "Viaje a Lisboa", "Casa"]);
  await chooseInListMenu(page, "Subir");
  await chooseInListMenu(page, "Bajar");
  await expect.poll(lists).toEqual(["Tareas", "Viaje a Lisboa", "Casa"]);

  await chooseInListMenu(page, "Eliminar, y conservar las tareas");
  await heading(page, "Lista de tareas");
  await expect.poll(lists).toEqual(["Tareas", "Casa"]);
  await expect.poll(() => count(page, "Tareas")).toBe("1");
  await undo(page);
  await expect.poll(lists).toEqual(["Tareas", "Viaje a Lisboa", "Casa"]);
  await goTo(page, "Viaje a Lisboa");
  await expect.poll(() => titles(page)).toEqual(["De viaje"]);
  await chooseInListMenu(page, "Eliminar, y conservar las tareas");
  await goTo(page, "Casa");
  await chooseInListMenu(page, "Eliminar con sus tareas");
  await expect.poll(lists).toEqual(["Tareas"]);
  await page.getByRole("button", { name: "Cerrar", exact: true }).click();
  await saved(page);
  await page.reload();
  await expect.poll(lists).toEqual(["Tareas"]);
  await expect.poll(() => titles(page)).toEqual(["De viaje"]);
  await goTo(page, "Papelera");
  await expect.poll(() => titles(page)).toEqual(["De casa"]);
});

test("a search finds titles, notes and tags as one types, and is left as it was come to", async ({ page }) => {
  await register(page);
  for (const line of ["Camión de la basura", "Comprar pan #económico", "Otra cosa"]) await write(page, line);
  await open(page, "Otra cosa");
  await page.getByLabel("Notas").fill("preguntar por el camino");
  await page.getByRole("button", { name: "Listo" }).click();
  await goTo(page, "Próximas");
  const search = page.getByRole("searchbox", { name: "Buscar" });
  await search.pressSequentially("cami");
  await expect.poll(async () => (await titles(page)).toSorted()).toEqual(["Camión de la basura", "Otra cosa"]);
  await search.fill("CAMION");
  await expect.poll(() => titles(page)).toEqual(["Camión de la basura"]);
  await search.fill("economi");
  await expect.poll(() => titles(page)).toEqual(["Comprar pan"]);
  await page.getByRole("checkbox", { name: "Completar «Comprar pan»" }).click();
  await expect(page.getByRole("checkbox", { name: "Reabrir «Comprar pan»" })).toBeChecked();
  await search.fill("nada de nada");
  await expect(page.getByText("Sin resultados")).toBeVisible();
  await page.getByRole("button", { name: "Borrar la búsqueda" }).click();
  await heading(page, "Próximas");
  await expect(search).toHaveValue("");
});

test("two tabs see each other's changes", async ({ page, context }) => {
  await register(page);
  await write(page, "De la primera");
  const other = await context.newPage();
  await other.goto("/");
  await expect(row(other, "De la primera")).toBeVisible();
  await write(other, `De la otra ${day(0)}`);
  await expect(row(page, "De la otra")).toBeVisible();
  await expect.poll(() => count(page, "Hoy")).toBe("1");
  await page.getByRole("checkbox", { name: "Completar «De la otra»" }).click();
  await expect(row(other, "De la otra")).toBeHidden();
  await expect.poll(() => count(other, "Hoy")).toBe("");
  await page.getByRole("button", { name: "Eliminar «De la primera»" }).click();
  await expect(other.getByText("Nada por aquí")).toBeVisible();
  await undo(page);
  await expect(row(other, "De la primera")).toBeVisible();
  await makeList(page, "Compartida");
  await expect(other.getByRole("link", { name: "Compartida" })).toBeVisible();
});
