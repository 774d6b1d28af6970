import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type BrowserContext, expect, type Page, type Request } from "@playwright/test";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { routerOn } from "../router/test/support/router.ts";
import { startZipkin, type Zipkin } from "../test/support/zipkin.ts";
import { installed, password, register } from "./support/person.ts";
import { saved, write } from "./support/tasks.ts";
import { test } from "./support/test.ts";

const root = join(import.meta.dirname, "..");

const tracingTo = (zipkin: Zipkin, share: number) => ({
  OTEL_TRACES_EXPORTER: "zipkin",
  OTEL_EXPORTER_ZIPKIN_ENDPOINT: zipkin.url,
  OTEL_TRACES_SAMPLER_ARG: String(share),
});

interface TracedProduct extends AsyncDisposable {
  readonly stack: Stack;
  readonly zipkin: Zipkin;
}

/** A product with a Zipkin that hears of a share of what its servers and browsers do. */
async function tracedProduct(share: number): Promise<TracedProduct> {
  await using resources = new AsyncDisposableStack();
  const zipkin = resources.use(await startZipkin());
  const tracing = tracingTo(zipkin, share);
  const router = { ...tracing, BROWSER_TRACES: "true" };
  const stack = resources.use(await startStack({ env: { router, users: tracing, tasks: tracing } }));
  const owned = resources.move();
  return { stack, zipkin, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** What is asked for from now on. */
function requestsOf(from: Page | BrowserContext): Request[] {
  const requests: Request[] = [];
  (from as Page).on("request", (request) => void requests.push(request));
  return requests;
}

const isOperation = (request: Request) => request.url().endsWith("/graphql");
const isTracing = (request: Request) => /\/assets\/operation-spans-|\/traces$/.test(request.url());
const urls = (requests: readonly Request[]) => requests.map((request) => request.url());

test.describe("with everything recorded", () => {
  test.describe.configure({ mode: "default" }); // one after the other, on one stack
  let product: TracedProduct;
  test.beforeAll(async () => {
    product = await tracedProduct(1);
  });
  test.afterAll(() => product?.[Symbol.asyncDispose]());

  test("one trace leads from a person's task in the browser to the command of MongoDB that keeps it", async ({
    page,
    context,
  }) => {
    const { zipkin, stack } = product;
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    const requests = requestsOf(context);
    const username = await register(page, { url: stack.url });
    const title = "Comprar pan para Julia";
    await write(page, title);
    await saved(page);

    const inBrowser = () => zipkin.spans.find(({ name }) => name === "mutation CreateTask");
    await expect.poll(inBrowser, { timeout: 15_000 }).toMatchObject({
      kind: "CLIENT",
      localEndpoint: { serviceName: "browser" },
      tags: {
        "graphql.operation.type": "mutation",
        "graphql.operation.name": "CreateTask",
        "http.request.method": "POST",
        "http.response.status_code": "200",
      },
    });
    const paths = () => zipkin.ofTrace(inBrowser()?.traceId ?? "").map(zipkin.pathOf);
    const gateway = "browser CLIENT mutation CreateTask > router SERVER POST /graphql > router gateway.request";
    const subgraph = `${gateway} > router gateway.execute > router gateway.fetch > router CLIENT POST > tasks SERVER POST /graphql`;
    await expect
      .poll(paths)
      .toEqual(
        expect.arrayContaining([
          "browser CLIENT mutation CreateTask",
          `${gateway} > router gateway.plan`,
          `${subgraph} > tasks Mutation.createTask > tasks CLIENT insert tasks`,
        ]),
      );
    for (const path of paths()) expect(path).toMatch(/^browser CLIENT mutation CreateTask/);
    const told = requests.filter((request) => request.headers().traceparent);
    expect(new Set(urls(told))).toEqual(new Set([`${stack.url}/graphql`]));
    const text = JSON.stringify(zipkin.spans);
    for (const typed of [title, username, password]) expect(text).not.toContain(typed);
    expect(complaints.filter((complaint) => !complaint.includes("the server responded"))).toEqual([]);
  });

  test("a change that waited for the network is a span when it is sent, and a refusal is known by its code", async ({
    page,
    context,
  }) => {
    const { zipkin, stack } = product;
    const tagsOf = (name: string) => zipkin.spans.filter((span) => span.name === name).map(({ tags }) => tags);
    await page.goto(stack.url);
    await page.getByLabel("Usuario").fill("nadie");
    await page.getByRole("textbox", { name: "Contraseña" }).fill(password);
    const refused = expect.objectContaining({ "error.type": "USER_NOT_FOUND", "otel.status_code": "ERROR" });
    // What makes spans may be there only after the first attempt: no operation waits for it.
    await expect(async () => {
      await page.getByRole("button", { name: "Iniciar sesión" }).click();
      await expect.poll(() => tagsOf("mutation SignIn"), { timeout: 6_000 }).toContainEqual(refused);
    }).toPass({ timeout: 30_000 });
    await register(page, { url: stack.url });
    await installed(page);
    await page.reload();
    await context.setOffline(true);
    await write(page, "Regar las plantas");
    const before = tagsOf("mutation CreateTask").length;
    await context.setOffline(false);
    await saved(page);
    const sent = expect.objectContaining({ "http.response.status_code": "200" });
    await expect.poll(() => tagsOf("mutation CreateTask").slice(before), { timeout: 15_000 }).toContainEqual(sent);
  });
});

test("of a share the browser and the servers record the same traces, whole, and of the others nothing", async ({
  page,
}) => {
  await using product = await tracedProduct(0.5);
  const { zipkin, stack } = product;
  const requests = requestsOf(page);
  await register(page, { url: stack.url });
  const tracesWith = (flags: string) =>
    requests
      .map((request) => request.headers().traceparent?.split("-") ?? [])
      .flatMap(([, traceId = "", , said]) => (said === flags ? [traceId] : []));
  for (let count = 1; tracesWith("00").length === 0 || tracesWith("01").length === 0; count += 1) {
    expect(count, "one of two is recorded").toBeLessThan(30);
    await write(page, `Tarea ${count}`);
    await saved(page);
  }
  const isWhole = (traceId: string) => {
    const services = zipkin.ofTrace(traceId).map(({ localEndpoint }) => localEndpoint.serviceName);
    return services.includes("browser") && services.includes("router");
  };
  await expect.poll(() => tracesWith("01").filter((traceId) => !isWhole(traceId)), { timeout: 15_000 }).toEqual([]);
  expect(tracesWith("00").flatMap(zipkin.ofTrace)).toEqual([]);
});

test("a page that can't load what makes spans goes on without, and is not reloaded for it", async ({ page }) => {
  await using zipkin = await startZipkin();
  const supergraph = await readFile(join(root, "router/supergraph.graphql"), "utf8");
  const env = { ...tracingTo(zipkin, 1), BROWSER_TRACES: "true", CLIENT_PATH: join(root, "client/dist") };
  await using router = await routerOn(supergraph, env);
  const requests = requestsOf(page);
  await page.route("**/assets/operation-spans-*", (route) => route.abort());
  await page.goto(router.url);
  // Without its subgraphs the router can't tell who is signed in: it is asked on.
  await expect.poll(() => requests.filter(isOperation).length, { timeout: 30_000 }).toBeGreaterThan(2);
  expect(urls(requests.filter((request) => request.isNavigationRequest()))).toEqual([`${router.url}/`]);
  expect(requests.filter(isTracing)).toHaveLength(1);
  expect(urls(requests.filter((request) => request.headers().traceparent))).toEqual([]);
});

test("where nobody asks for traces nothing is loaded or sent for them", async ({ page, context }) => {
  const requests = requestsOf(context);
  await register(page);
  await write(page, "Comprar leche");
  await saved(page);
  await installed(page);
  await page.reload();
  await write(page, "Comprar huevos");
  await saved(page);
  expect(requests.filter(isOperation).length).toBeGreaterThan(3);
  expect(urls(requests.filter((request) => request.headers().traceparent || isTracing(request)))).toEqual([]);
  const kept = await page.evaluate(async () => {
    const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
    return (await Promise.all(caches.map((cache) => cache.keys()))).flat().map(({ url }) => url);
  });
  expect(kept.length).toBeGreaterThan(10);
  expect(kept.filter((url) => url.includes("operation-spans"))).toEqual([]);
});
