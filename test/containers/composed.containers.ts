import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { tryListen } from "@tareas/local-stack/ports";
import { answersOk } from "@tareas/local-stack/process/http-ready";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { throughGraphql } from "../scripted-user.ts";
import { Person } from "../support/person.ts";
import { type Engine, openEngine } from "./engine.ts";

const project = "tareas-test";
const page = "query Page { tasks(first: 5) { nodes { title owner { username } } } }";

let engine: Engine;
let ports: Record<"router" | "zipkin" | "prometheus", number>;
const at = (service: keyof typeof ports, path = "") => `http://127.0.0.1:${ports[service]}${path}`;
const compose = (...args: readonly string[]) => engine.compose("--project-name", project, ...args);

async function up(): Promise<void> {
  await compose("up", "--detach", "--scale", "users=2", "--scale", "tasks=2");
  const isReady = () => answersOk(at("router", "/health/ready"));
  await waitUntil(isReady, { timeoutMs: 120_000, pollMs: 200, what: "the router to be ready" });
}

async function down(...args: readonly string[]): Promise<void> {
  // It is in the network of another, which podman does not remove before it.
  await compose("rm", "--force", "--stop", "mongodb-setup");
  await compose("down", ...args);
}

async function freePort(): Promise<number> {
  const server = await tryListen(0);
  if (!server) throw new Error("there is no free port");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

beforeAll(async () => {
  const [router, zipkin, prometheus] = await Promise.all([freePort(), freePort(), freePort()]);
  ports = { router, zipkin, prometheus };
  const opened = await openEngine({
    TAREAS_PORT: String(router),
    ZIPKIN_PORT: String(zipkin),
    PROMETHEUS_PORT: String(prometheus),
  });
  if (!opened) throw new Error("there is no container engine: see scripts/install-container-engine.sh");
  engine = opened;
  await down("--volumes", "--remove-orphans");
  await compose("build", "users", "tasks", "router");
  await up();
});

afterAll(async () => {
  if (!engine) return;
  await down("--volumes", "--remove-orphans");
  await engine[Symbol.asyncDispose]();
});

test("a user's whole round works through the published port, and the web app is there", async () => {
  await throughGraphql(at("router"));
  expect(await (await fetch(at("router", "/"))).text()).toContain("<title>Tareas");
});

interface ZipkinSpan {
  readonly name: string;
  readonly localEndpoint: { readonly serviceName: string };
  readonly tags?: Readonly<Record<string, string>>;
}

test("its trace is in Zipkin, with spans of router, users, tasks and MongoDB", async () => {
  const person = await Person.register(at("router"));
  await person.get('mutation { createTask(input: { title: "Comprar pan" }) { task { id } } }');
  const traceId = randomBytes(16).toString("hex");
  await fetch(at("router", "/graphql"), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${person.token}`,
      traceparent: `00-${traceId}-${randomBytes(8).toString("hex")}-01`,
    },
    body: JSON.stringify({ query: page }),
  });
  const found = async () => {
    const answer = await fetch(at("zipkin", `/api/v2/trace/${traceId}`));
    const spans = answer.ok ? ((await answer.json()) as ZipkinSpan[]) : [];
    return [
      ...new Set(spans.map(({ localEndpoint }) => localEndpoint.serviceName)),
      ...spans.filter(({ tags }) => tags?.["db.system.name"] === "mongodb").map(({ name }) => name),
    ];
  };
  await expect
    .poll(found, { timeout: 30_000 })
    .toEqual(expect.arrayContaining(["router", "users", "tasks", "find tasks"]));
});

test("Prometheus scrapes all three servers", async () => {
  const scraped = async () => {
    const answer = await fetch(at("prometheus", `/api/v1/query?query=${encodeURIComponent("up == 1")}`));
    const { data } = (await answer.json()) as { data: { result: { metric: { service: string } }[] } };
    return new Set(data.result.map(({ metric }) => metric.service));
  };
  await expect.poll(scraped, { timeout: 60_000 }).toEqual(new Set(["router", "users", "tasks"]));
});

test("only the router's port and the consoles' are published", async () => {
  const published = await engine.run(
    "ps",
    "--filter",
    `label=com.docker.compose.project=${project}`,
    "--format",
    "{{.Ports}}",
  );
  for (const port of ["4001", "4002", "4100", "27017"]) expect(published).not.toContain(`:${port}->`);
});

test.for(["users", "tasks"])(
  "a container of %s that is killed comes back, and no read fails meanwhile",
  async (service) => {
    const person = await Person.register(at("router"));
    await person.get('mutation { createTask(input: { title: "Llamar a mamá" }) { task { id } } }');
    const [id = ""] = (await compose("ps", "--quiet", service)).trim().split("\n");
    const pidOf = async () => Number(await engine.run("inspect", "--format", "{{.State.Pid}}", id));
    const before = await pidOf();

    const failures: unknown[] = [];
    let reads = 0;
    let isOver = false;
    const reading = (async () => {
      while (!isOver) {
        const { errors } = await person.ask(page);
        reads += 1;
        if (errors.length > 0) failures.push(...errors);
      }
    })();
    process.kill(before, "SIGKILL");
    await expect.poll(pidOf, { timeout: 60_000 }).not.toBeOneOf([0, before]);
    isOver = true;
    await reading;
    expect(failures).toEqual([]);
    expect(reads).toBeGreaterThan(20);
  },
);

test("what was written is there after all has been taken down and brought up again", async () => {
  const person = await Person.register(at("router"));
  await person.get('mutation { createTask(input: { title: "Pagar la luz" }) { task { id } } }');
  await down();
  await up();
  const { tasks } = await person.get<{ tasks: { nodes: { title: string }[] } }>(page);
  expect(tasks.nodes).toMatchObject([{ title: "Pagar la luz" }]);
});
