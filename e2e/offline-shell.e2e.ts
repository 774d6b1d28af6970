import { expect, type Page } from "@playwright/test";
import { register } from "./support/person.ts";
import { test } from "./support/test.ts";

const pages = [
  "/",
  "/?new",
  "/today",
  "/upcoming",
  "/overdue",
  "/completed",
  "/trash",
  "/search?text=pan",
  "/settings",
  "/list/67a0c3f1d2b4a5968778695a",
  "/reset-password",
];

/** The first visit, until the service worker has all that it keeps. */
async function visit(page: Page): Promise<void> {
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready);
}

test("after one visit every page of the app opens without a network, in its own letters", async ({ page, context }) => {
  await visit(page);
  await context.setOffline(true);
  for (const path of pages) {
    const response = await page.goto(path);
    expect(response?.fromServiceWorker(), path).toBe(true);
    expect(response?.status(), path).toBe(200);
    await expect(page.locator("#root"), path).not.toBeEmpty();
  }
  await expect(page.getByRole("heading", { name: "Contraseña olvidada" })).toBeVisible();
  const missing = await page.evaluate(async () => {
    const fonts = await document.fonts.ready;
    return [...fonts].filter(({ status }) => status === "error").map(({ family }) => family);
  });
  expect(missing).toEqual([]);
});

test("what is not a page of the app is the network's, and there is none of it without", async ({ page, context }) => {
  await visit(page);
  for (const path of [
    "/graphiql",
    "/openapi.json",
    "/health/live",
    "/tasks",
    "/lists/67a0c3f1d2b4a5968778695a",
    "/no-such-page",
  ]) {
    const response = await page.goto(path);
    expect(response?.fromServiceWorker(), path).toBe(false);
  }
  await context.setOffline(true);
  await expect(page.goto("/graphiql")).rejects.toThrow("ERR_INTERNET_DISCONNECTED");
});

test("nothing that anybody's data could be in is kept by the worker", async ({ page }) => {
  await register(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Nueva tarea" })).toBeVisible();
  const kept = await page.evaluate(async () => {
    const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = await Promise.all(stores.map((store) => store.keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept).toContain("/");
  for (const path of kept) expect(path).toMatch(/^\/(?:$|theme\.js$|icon\.svg$|manifest\.webmanifest$|assets\/)/);
  expect(kept.filter((path) => /\.(?:map|br|gz)$|-(?:greek|cyrillic|vietnamese)/.test(path))).toEqual([]);
});

test("the app can be installed: its manifest is whole, and its icons are what it says", async ({ page }) => {
  await page.goto("/");
  const href = await page.locator("link[rel=manifest]").getAttribute("href");
  const manifest = await page.evaluate(async (url) => (await fetch(url)).json(), String(href));
  expect(manifest).toMatchObject({ name: "Tareas", lang: "es", id: "/", start_url: "/", display: "standalone" });
  for (const { url } of manifest.shortcuts) expect((await page.request.get(url)).status(), url).toBe(200);
  const touchIcon = await page.locator("link[rel=apple-touch-icon]").getAttribute("href");
  const icons = [...manifest.icons, { src: touchIcon, sizes: "180x180" }];
  expect(icons.map(({ sizes, purpose }) => `${sizes} ${purpose ?? "any"}`)).toEqual(
    expect.arrayContaining(["192x192 any", "512x512 any", "512x512 maskable"]),
  );
  for (const { src, sizes } of icons) {
    const drawn = await page.evaluate(async (url) => {
      const { width, height } = await createImageBitmap(await (await fetch(url)).blob());
      return `${width}x${height}`;
    }, src);
    expect(drawn, src).toBe(sizes);
  }
});

test("a browser finds nothing that keeps it from installing the app", async ({
  playwright,
  launchOptions,
  baseURL,
}) => {
  // Tests' windows are private ones otherwise, in which nothing is installed.
  const context = await playwright.chromium.launchPersistentContext("", launchOptions);
  const page = await context.newPage();
  await page.goto(String(baseURL));
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  await context.close();
  expect(installabilityErrors).toEqual([]);
});
