import { writeFile } from "node:fs/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { RawConnection, requestText } from "../../test/support/raw-connection.ts";
import { countsRouter, disposeAll, type Subgraph, startSubgraph, well } from "./support/counts-router.ts";
import { spawnRouter } from "./support/router-process.ts";

vi.setConfig({ testTimeout: 120_000 }); // three to six starts of a router in each
afterEach(disposeAll);

type Router = Awaited<ReturnType<typeof countsRouter>>;
interface Line {
  readonly msg: string;
  readonly pid?: number;
}

const patience = { timeout: 40_000 };
const linesOf = ({ logs }: Router, msg: string): Line[] =>
  logs.map((line) => JSON.parse(line) as Line).filter((line) => line.msg === msg);
const pidsOf = (router: Router, msg = "router worker ready") => linesOf(router, msg).map(({ pid }) => pid as number);

/** Asks on a connection of its own, so that each may come to another worker. */
async function ask(url: string): Promise<string> {
  using connection = await RawConnection.open(url);
  connection.write(
    requestText("GET", "/graphql?query={count}", { "apollo-require-preflight": "1", connection: "close" }),
  );
  return (await connection.closed).slice(0, "HTTP/1.1 200".length);
}

const askTimes = (times: number, url: string) => Promise.all(Array.from({ length: times }, () => ask(url)));
const allWell = (times: number) => Array.from({ length: times }, () => "HTTP/1.1 200");

async function metric({ metricsUrl }: Router, name: string): Promise<number> {
  const lines = (await (await fetch(`${metricsUrl}/metrics`)).text()).split("\n");
  return Number(lines.find((line) => line.startsWith(`${name} `))?.split(" ")[1]);
}

const answered = (router: Router) => metric(router, 'tareas_http_requests_total{status="200"}');
const serving = (router: Router) => metric(router, "tareas_router_workers");

/** A router that refuses nothing, however busy the machine is; its workers are known by then, if it has any. */
async function routerOf(processes: number, subgraph?: Subgraph, env: NodeJS.ProcessEnv = {}): Promise<Router> {
  const router = await countsRouter([subgraph ?? (await startSubgraph(well))], {
    ROUTER_WORKERS: String(processes),
    ADMISSION_MAX_DELAY_MS: "0",
    ...env,
  });
  await expect.poll(() => pidsOf(router), patience).toHaveLength(processes > 1 ? processes : 0);
  return router;
}

const twoWorkers = () => routerOf(2);
const whoAnswered = (router: Router) => new Set(pidsOf(router, "request"));

test("several processes answer on one port, and are one to whoever reads their metrics", async () => {
  const router = await twoWorkers();
  const pids = pidsOf(router);
  expect(new Set([router.pid, ...pids]).size).toBe(3);
  expect(await askTimes(10, router.url)).toEqual(allWell(10));
  await expect.poll(() => whoAnswered(router), patience).toEqual(new Set(pids));

  await expect.poll(() => answered(router), patience).toBe(10);
  expect(await metric(router, 'tareas_router_subgraph_calls_total{subgraph="counts",outcome="ok"}')).toBeGreaterThan(0);
  expect(await metric(router, "tareas_admission_limit")).toBe(2_000);
  const page = await (await fetch(router.metricsUrl)).text();
  for (const pid of pids) expect(page).toContain(`Process ${pid}`);
});

test("after one has been killed the others answer, another takes its place, and nothing that it counted is lost", async () => {
  const router = await twoWorkers();
  expect(await askTimes(10, router.url)).toEqual(allWell(10));
  await expect.poll(() => answered(router), patience).toBe(10);
  const [first, second] = pidsOf(router);
  await expect.poll(() => whoAnswered(router), patience).toEqual(new Set([first, second]));
  process.kill(first as number, "SIGKILL");
  await expect.poll(() => linesOf(router, "a worker has ended: another one is started"), patience).toHaveLength(1);
  expect(await askTimes(10, router.url)).toEqual(allWell(10));

  await expect.poll(() => serving(router), patience).toBe(2);
  await expect.poll(() => pidsOf(router), patience).toEqual([first, second, expect.any(Number)]);
  expect(await askTimes(10, router.url)).toEqual(allWell(10));
  await expect.poll(() => whoAnswered(router), patience).toEqual(new Set(pidsOf(router)));
  await expect.poll(() => answered(router), patience).toBe(30);
  expect(await metric(router, "tareas_router_worker_ends_total")).toBe(1);
});

test("one that hangs is killed, and another takes its place", async () => {
  const router = await twoWorkers();
  process.kill(pidsOf(router)[0] as number, "SIGSTOP");
  await expect.poll(() => linesOf(router, "a worker hangs: it is killed"), patience).toHaveLength(1);
  await expect.poll(() => pidsOf(router), patience).toHaveLength(3);
  await expect.poll(() => serving(router), patience).toBe(2);
  expect(await askTimes(10, router.url)).toEqual(allWell(10));
});

test("one that does not start leaves the others in peace; when nobody answers any more, the router ends", async () => {
  const router = await twoWorkers();
  await writeFile(router.supergraphPath, "no supergraph");
  const [first, second] = pidsOf(router);
  process.kill(first as number, "SIGKILL");
  await expect.poll(() => linesOf(router, "a worker does not start").length, patience).toBeGreaterThan(0);
  expect(await askTimes(4, router.url)).toEqual(allWell(4));
  expect(router.errors).toEqual([]);

  process.kill(second as number, "SIGKILL");
  expect(await router.exited).toBe(1);
  expect(router.errors).toEqual([expect.stringMatching(/^SUPERGRAPH_PATH: /)]);
});

test.each([1, 2])(
  "signals to all of %i processes, one after the other, drain each once, and it exits with 0",
  async (count) => {
    const { promise, resolve: finish } = Promise.withResolvers<void>();
    const slow = await startSubgraph(() => (response) => void promise.then(() => response.end('{"data":{"count":1}}')));
    const router = await routerOf(count, slow);
    const processes = [router.pid, ...pidsOf(router)];
    const answer = router.query("{ count }");
    await expect.poll(() => slow.state.received).toHaveLength(1);
    for (const signal of ["SIGTERM", "SIGINT", "SIGTERM"] as const)
      for (const pid of processes) process.kill(pid, signal);
    await expect.poll(() => linesOf(router, "draining"), patience).toHaveLength(processes.length);
    finish();
    expect((await answer).body).toEqual({ data: { count: 1 } });
    expect(await router.exited).toBe(0);
    await expect.poll(() => linesOf(router, "stopped"), patience).toHaveLength(processes.length);
    expect(linesOf(router, "draining")).toHaveLength(processes.length);
  },
);

describe("a start that can't be is one line", () => {
  test.each([
    ["ROUTER_WORKERS", "0"],
    ["ROUTER_WORKERS", "many"],
    ["LIMIT_DEPTH", "-1"],
    ["SUPERGRAPH_PATH", "/nowhere/supergraph.graphql"],
  ])("%s=%s", async (name, value) => {
    const start = spawnRouter({ PORT: "0", METRICS_PORT: "0", ROUTER_WORKERS: "2", [name]: value });
    await expect(start).rejects.toThrow(new RegExp(`^the router exited with 1: ${name}[^\\n]*$`));
  });

  test("when the port is taken", async () => {
    const other = await startSubgraph(well);
    const { port } = new URL(other.url);
    await expect(routerOf(2, other, { PORT: port })).rejects.toThrow(
      new RegExp(`^the router exited with 1: Port ${port} is taken[^\\n]*$`),
    );
  });
});
