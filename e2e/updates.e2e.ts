import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, type Page } from "@playwright/test";
import { routerOn } from "../router/test/support/router.ts";
import { test } from "./support/test.ts";

const root = join(import.meta.dirname, "..");
const built = join(root, "client/dist");

/** The same app with another text in it, built as the first was. */
async function buildNewVersion(folder: string): Promise<void> {
  const vite = join(root, "node_modules/vite/bin/vite.js");
  const config = join(root, "e2e/support/new-version.config.ts");
  const args = [vite, "build", "--config", config, "--outDir", folder, "--emptyOutDir", "--logLevel", "error"];
  await promisify(execFile)(process.execPath, args, {
    cwd: join(root, "client"),
    env: { ...process.env, NODE_ENV: "production" },
  });
}

/**
 * A router on a folder of its own, with the app as it is. `deploy` replaces that by the new version; `beginToDeploy` leaves
 * the page as it is, as a browser sees it while some routers have the new version and some the old one.
 */
async function productWithVersions() {
  await using resources = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "tareas-versions-"));
  resources.defer(() => rm(folder, { recursive: true }));
  const served = join(folder, "served");
  const next = join(folder, "next");
  await Promise.all([cp(built, served, { recursive: true }), buildNewVersion(next)]);
  const supergraph = await readFile(join(root, "router/supergraph.graphql"), "utf8");
  const { url } = resources.use(await routerOn(supergraph, { CLIENT_PATH: served }));
  const beginToDeploy = () =>
    cp(next, served, { recursive: true, filter: (file) => !file.startsWith(join(next, "index.html")) });
  const deploy = async () => {
    await rm(served, { recursive: true });
    await cp(next, served, { recursive: true });
  };
  const owned = resources.move();
  return { url, beginToDeploy, deploy, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const heading = (tab: Page, name: string) => tab.getByRole("heading", { name });
const notice = (tab: Page) => tab.getByText("Hay una versión nueva");

/** Looks for a new version, and tells what became of the worker that came with it. Runs in the page. */
async function fateOfNextWorker(): Promise<string> {
  const registration = await navigator.serviceWorker.ready;
  await registration.update();
  const next = registration.installing;
  if (!next) return "there is none";
  return new Promise((resolve) => next.addEventListener("statechange", () => resolve(next.state), { once: true }));
}

test("a new version is offered, waits until it is asked for, and is in every tab then", async ({
  context,
  request,
}) => {
  test.setTimeout(60_000);
  await using product = await productWithVersions();
  const tab = await context.newPage();
  const other = await context.newPage();
  await tab.clock.install();
  for (const one of [tab, other]) {
    await one.goto(`${product.url}/reset-password`);
    await expect(heading(one, "Contraseña olvidada")).toBeVisible();
    await one.evaluate(() => navigator.serviceWorker.ready);
  }

  await product.beginToDeploy();
  expect(await tab.evaluate(fateOfNextWorker)).toBe("redundant");
  await product.deploy();
  await tab.clock.fastForward("01:00:00");
  for (const one of [tab, other]) await expect(notice(one)).toBeVisible();
  await other.reload();
  await expect(notice(other)).toBeVisible();
  // Whoever goes on with the old version has all of it, though the server has not.
  const script = String(await other.locator("script[type=module]").getAttribute("src"));
  expect((await request.get(product.url + script)).status()).toBe(404);
  expect(await other.evaluate(async (url) => (await fetch(url, { cache: "no-store" })).status, script)).toBe(200);
  for (const one of [tab, other]) await expect(heading(one, "Contraseña olvidada")).toBeVisible();

  await other.getByRole("button", { name: "Ahora no" }).click();
  await expect(notice(other)).toBeHidden();
  await tab.getByRole("button", { name: "Recargar" }).click();
  for (const one of [tab, other]) {
    await expect(heading(one, "Contraseña perdida")).toBeVisible();
    await expect(notice(one)).toBeHidden();
  }
  await context.setOffline(true);
  await tab.reload();
  await expect(heading(tab, "Contraseña perdida")).toBeVisible();
});

test("a tab whose version is gone reloads when it misses a part of it, and only once", async ({ page }) => {
  await page.goto("/reset-password");
  await page.evaluate(() => navigator.serviceWorker.ready);
  const missPart = () =>
    page.evaluate(() => window.dispatchEvent(new Event("vite:preloadError", { cancelable: true })));
  const [, isReported] = await Promise.all([page.waitForEvent("load"), missPart()]);
  expect(isReported).toBe(false);
  expect(await missPart()).toBe(true);
});
