import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routerOn } from "./support/router.ts";

const icons = join(import.meta.dirname, "../../client/public/icons");

let folder: string;
let router: Awaited<ReturnType<typeof routerOn>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tareas-web-app-"));
  await mkdir(join(folder, "assets"));
  await cp(icons, join(folder, "icons"), { recursive: true });
  for (const file of [
    "index.html",
    "sw.js",
    "manifest.webmanifest",
    "theme.js",
    "icon.svg",
    "assets/index-1.js",
    ".sources",
  ])
    await writeFile(join(folder, file), `the content of ${file}`);
  const supergraph = await readFile(join(import.meta.dirname, "../supergraph.graphql"), "utf8");
  router = await routerOn(supergraph, { CLIENT_PATH: folder });
});
afterAll(async () => {
  await router?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const visit = (path: string) =>
  fetch(router.url + path, { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } });

describe.each([
  "/",
  "/?new",
  "/today",
  "/upcoming",
  "/overdue",
  "/completed",
  "/trash",
  "/search?text=pan",
  "/settings",
  "/reset-password",
  "/list/67a0c3f1d2b4a5968778695a",
])("the app's path %s", (path) => {
  test("is the page, asked for anew each time, and what it loads comes from here alone", async () => {
    const response = await visit(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-cache");
    expect(await response.text()).toBe("the content of index.html");
    const policy = directivesOf(response);
    expect(policy).toMatchObject({
      "default-src": "'none'",
      "script-src": "'self'",
      "connect-src": "'self'",
      "worker-src": "'self'",
      "manifest-src": "'self'",
      "base-uri": "'none'",
      "form-action": "'self'",
      "frame-ancestors": "'none'",
    });
    for (const [directive, sources] of Object.entries(policy))
      expect(sources, directive).toMatch(
        directive === "style-src" ? /^'self' 'unsafe-inline'$/ : /^'(none|self)'( data:)?$/,
      );
  });
});

test.each([
  "/tasks",
  "/login",
  "/register",
  "/lists",
  "/today/",
  "/lists/67a0c3f1d2b4a5968778695a",
  "/list",
  "/list/a/b",
  "/calendar",
  "/index.html",
])("%s is not the app's", async (path) => {
  expect((await visit(path)).headers.get("content-type")).toMatch(/^application\/problem\+json/);
});

test.each([
  ["/sw.js", /^(text|application)\/javascript; charset=utf-8$/],
  ["/manifest.webmanifest", /^application\/manifest\+json/],
  ["/icons/icon-192.png", /^image\/png$/],
  ["/theme.js", /^(text|application)\/javascript; charset=utf-8$/],
])("%s keeps its name, and so is asked for anew", async (path, contentType) => {
  const response = await fetch(router.url + path);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(contentType);
  expect(response.headers.get("cache-control")).toBe("no-cache");
});

test("an asset is named by its content and kept for ever; one that is not there is not", async () => {
  const asset = await fetch(`${router.url}/assets/index-1.js`);
  expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  const missing = await fetch(`${router.url}/assets/index-0.js`);
  expect(missing.status).toBe(404);
  expect(missing.headers.get("cache-control")).toBeNull();
});

test.each([
  ["/icons/no.png", 404],
  ["/icons/", 404],
  ["/icons/%2e%2e%2findex.html", 403],
  ["/assets/..%2f.sources", 403],
  ["/.sources", 404],
])("%s is nobody's to read", async (path, status) => {
  expect((await fetch(router.url + path)).status).toBe(status);
});

function directivesOf(response: Response): Record<string, string> {
  const policy = response.headers.get("content-security-policy") ?? "";
  return Object.fromEntries(policy.split(";").map((directive) => directive.split(/ (.*)/).slice(0, 2)));
}
