import { randomBytes } from "node:crypto";
import { serviceNames } from "@tareas/local-stack/services";
import { afterAll, beforeAll, expect, test } from "vitest";
import { throughGraphql } from "../scripted-user.ts";
import { Person } from "../support/person.ts";
import { type ComposedSystem, openComposedSystem } from "./composed-system.ts";

const page = "query Page { tasks(first: 5) { nodes { title owner { username } } } }";

let system: ComposedSystem;

beforeAll(async () => {
  system = await openComposedSystem("tareas-test");
  await system.up();
});

afterAll(() => system?.[Symbol.asyncDispose]());

test("a user's whole round works through the published port, and the web app is there", async () => {
  await throughGraphql(system.at("router"));
  expect(await (await fetch(system.at("router", "/"))).text()).toContain("<title>Tareas");
});

interface ZipkinSpan {
  readonly name: string;
  readonly localEndpoint: { readonly serviceName: string };
  readonly tags?: Readonly<Record<string, string>>;
}

test("its trace is in Zipkin, with spans of router, users, tasks and MongoDB", async () => {
  const person = await Person.register(system.at("router"));
  await person.get('mutation { createTask(input: { title: "Comprar pan" }) { task { id } } }');
  const traceId = randomBytes(16).toString("hex");
  await fetch(system.at("router", "/graphql"), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${person.token}`,
      traceparent: `00-${traceId}-${randomBytes(8).toString("hex")}-01`,
    },
    body: JSON.stringify({ query: page }),
  });
  const found = async () => {
    const answer = await fetch(system.at("zipkin", `/api/v2/trace/${traceId}`));
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

interface PrometheusAnswer {
  readonly data: { readonly result: { metric: { service: string }; value: [number, string] }[] };
}

test("Prometheus scrapes every one of the servers", async () => {
  const scraped = async () => {
    const query = encodeURIComponent("sum by (service) (up)");
    const answer = await fetch(system.at("prometheus", `/api/v1/query?query=${query}`));
    const { data } = (await answer.json()) as PrometheusAnswer;
    return Object.fromEntries(data.result.map(({ metric, value }) => [metric.service, value[1]]));
  };
  await expect.poll(scraped, { timeout: 60_000 }).toEqual({ router: "1", users: "2", tasks: "2" });
});

test.for(serviceNames)("the image of %s holds what it needs, runs as no root, and says what it is", async (service) => {
  const image = await system.engine.run("image", "inspect", "--format", "{{json .Config}}", `tareas/${service}:latest`);
  const { User, Labels } = JSON.parse(image) as { User: string; Labels: Record<string, string> };
  expect(User).toBe("node");
  expect(Labels).toMatchObject({
    "org.opencontainers.image.title": `tareas-${service}`,
    "org.opencontainers.image.licenses": "MIT",
    "org.opencontainers.image.version": "0.1.0",
  });

  const [id = ""] = await system.idsOf(service);
  const sh = (command: string) => system.engine.run("exec", id, "sh", "-c", command);
  expect(await system.engine.run("inspect", "--format", "{{json .Config.Healthcheck.Test}}", id)).toContain(
    "/health/ready",
  );
  expect(await sh("id -u")).not.toBe("0\n");
  await expect(sh("touch /app/here")).rejects.toThrow("Read-only file system");
  const packages = (await sh("ls node_modules")).split("\n");
  expect(packages).toContain("fastify");
  for (const development of ["typescript", "vite", "vitest", "mongodb-memory-server-core"])
    expect(packages).not.toContain(development);
});

test("only the router's port and the consoles' are published, and to this machine alone", async () => {
  const published = await system.engine.run(
    "ps",
    "--filter",
    `label=com.docker.compose.project=${system.project}`,
    "--format",
    "{{.Ports}}",
  );
  const ports = [...published.matchAll(/(\S+):\d+->(\d+)/g)].map(([, host, port]) => `${host} ${port}`);
  expect(ports.toSorted()).toEqual(["127.0.0.1 4000", "127.0.0.1 9090", "127.0.0.1 9411"]);
});

test("MongoDB gives nothing to whoever does not sign in, nor to users what is of tasks", async () => {
  const [id = ""] = await system.idsOf("users");
  const read = (uri: string, database: string) =>
    system.engine.run(
      "exec",
      id,
      "node",
      "--input-type=module",
      "--eval",
      `import { readFileSync } from "node:fs";
       import { mongo } from "mongoose";
       const client = new mongo.MongoClient(${uri});
       const reading = client.db("${database}").collection("any").findOne();
       console.log(await reading.then(() => "given", ({ codeName }) => codeName));
       await client.close();`,
    );
  const signedIn = 'readFileSync("/run/secrets/mongodb-users-uri", "utf8").trim()';
  expect(await read(signedIn, "users")).toBe("given\n");
  expect(await read(signedIn, "tasks")).toBe("Unauthorized\n");
  expect(await read('"mongodb://mongodb:27017/?replicaSet=tareas"', "users")).toBe("Unauthorized\n");
});

test.for(["users", "tasks"])(
  "a container of %s that is killed comes back, and no read fails meanwhile",
  async (service) => {
    const person = await Person.register(system.at("router"));
    await person.get('mutation { createTask(input: { title: "Llamar a mamá" }) { task { id } } }');
    const [id = ""] = await system.idsOf(service);
    const inspect = (what: string) => system.engine.run("inspect", "--format", `{{${what}}}`, id);
    const pid = Number(await inspect(".State.Pid"));

    const failures: unknown[] = [];
    let reads = 0;
    let isOver = false;
    const reading = (async () => {
      while (!isOver) {
        const { errors } = await person.ask(page);
        reads += 1;
        failures.push(...errors);
      }
    })();
    try {
      // Not by the engine: whom it kills it does not restart. For this the tests have to run as root.
      process.kill(pid, "SIGKILL");
      await expect.poll(async () => Number(await inspect(".State.Pid")), { timeout: 60_000 }).not.toBeOneOf([0, pid]);
      await expect
        .poll(async () => (await inspect(".State.Health.Status")).trim(), { timeout: 60_000 })
        .toBe("healthy");
      await expect.poll(() => reads, { timeout: 60_000 }).toBeGreaterThan(20);
    } finally {
      isOver = true;
      await reading;
    }
    expect(failures).toEqual([]);
  },
);

test("what was written is there after all has been taken down and brought up again", async () => {
  const person = await Person.register(system.at("router"));
  await person.get('mutation { createTask(input: { title: "Pagar la luz" }) { task { id } } }');
  await system.down();
  await system.up();
  const { tasks } = await person.get<{ tasks: { nodes: { title: string }[] } }>(page);
  expect(tasks.nodes).toMatchObject([{ title: "Pagar la luz" }]);
});

test("what was backed up is there after all volumes have gone and it was restored", async () => {
  const person = await Person.register(system.at("router"));
  await person.get('mutation { createTask(input: { title: "Regar las plantas" }) { task { id } } }');
  await system.runOnce("backup");
  await system.down("--volumes");
  await system.runOnce("restore");
  await system.up();
  const { tasks } = await (await Person.signIn(system.at("router"), person.username)).get<{
    tasks: { nodes: { title: string; owner: { username: string } }[] };
  }>(page);
  expect(tasks.nodes).toEqual([{ title: "Regar las plantas", owner: { username: person.username } }]);
});

test("through Toxiproxy a subgraph can be cut off, and the rest of the answer is there, or be slowed down", async () => {
  await system.up("--env-file", "containers/chaos.env");
  const person = await Person.register(system.at("router"));
  const ask = () => person.ask<{ tasks: object }>("query Both { me { email } tasks(first: 1) { totalCount } }");
  const tell = async (method: string, path: string, what: object) => {
    const { ok } = await fetch(system.at("toxiproxy", path), { method, body: JSON.stringify(what) });
    expect(ok).toBe(true);
  };
  expect((await ask()).errors).toEqual([]);
  await tell("PATCH", "/proxies/users", { enabled: false });
  const { data, errors } = await ask();
  expect(errors).toMatchObject([{ path: ["me"], extensions: { code: "SUBGRAPH_UNAVAILABLE" } }]);
  expect(data.tasks).toEqual({ totalCount: 0 });
  await tell("PATCH", "/proxies/users", { enabled: true });
  await expect.poll(async () => (await ask()).errors, { timeout: 30_000 }).toEqual([]);

  await tell("POST", "/proxies/tasks/toxics", { type: "latency", attributes: { latency: 1_000 } });
  const askedAt = performance.now();
  expect((await ask()).errors).toEqual([]);
  expect(performance.now() - askedAt).toBeGreaterThan(1_000);
});
