import { once } from "node:events";
import { createServer, get, type Server } from "node:http";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { afterEach, expect, test } from "vitest";
import { openClient } from "../test/support/tcp.ts";
import { openTcpBalancer } from "./tcp-balancer.ts";
import { listen } from "./tcp-proxy.ts";

let opened = new AsyncDisposableStack();
afterEach(async () => {
  await opened.disposeAsync();
  opened = new AsyncDisposableStack();
});

/** An HTTP server that answers its name, and says of itself whether it is ready. */
class NamedServer {
  readonly name: string;
  isReady = true;
  checks = 0;
  port = 0;
  #server: Server | undefined;

  constructor(name: string) {
    this.name = name;
    opened.defer(() => this.stop());
  }

  async start(): Promise<this> {
    this.#server = createServer(({ url }, response) => {
      const isCheck = url === "/health/ready";
      if (isCheck) this.checks += 1;
      response.writeHead(isCheck && !this.isReady ? 503 : 200).end(isCheck ? "" : this.name);
    });
    if (this.port === 0) this.port = await listen(this.#server);
    else await once(this.#server.listen({ port: this.port, host: "127.0.0.1" }), "listening");
    return this;
  }

  /** From now on connections are refused. */
  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => (this.#server ? this.#server.close(resolve) : resolve(undefined)));
  }
}

/** Two servers behind a balancer, and what it has said of them. */
async function balanced({ checkEveryMs = 50 } = {}) {
  const servers = [await new NamedServer("a").start(), await new NamedServer("b").start()] as const;
  const changes: string[] = [];
  const nameOf = (port: number) => servers.find((server) => server.port === port)?.name;
  const { port } = opened.use(
    await openTcpBalancer(
      servers.map((server) => server.port),
      (target, isReady) => changes.push(`${nameOf(target)} ${isReady ? "in" : "out"}`),
      checkEveryMs,
    ),
  );
  const says = (change: string) =>
    waitUntil(() => changes.at(-1) === change, { timeoutMs: 5_000, what: `“${change}”` });
  const ask = async (times: number) => {
    const names: string[] = [];
    for (let time = 0; time < times; time++) names.push(await nameAt(port));
    return names.toSorted().join("");
  };
  return { a: servers[0], b: servers[1], port, changes, says, ask };
}

/** Who answers a request on a connection of its own. */
async function nameAt(port: number): Promise<string> {
  const [response] = await once(get({ port, host: "127.0.0.1", agent: false }), "response");
  const chunks: Buffer[] = await response.toArray();
  return String(Buffer.concat(chunks));
}

test("connections go to the servers in turn", async () => {
  const { ask, changes } = await balanced();
  expect(await ask(6)).toBe("aaabbb");
  expect(changes).toEqual([]);
});

test("a server that says that it is not ready gets no new connection until it says that it is", async () => {
  const { a, says, ask } = await balanced();
  a.isReady = false;
  await says("a out");
  expect(await ask(6)).toBe("bbbbbb");
  a.isReady = true;
  await says("a in");
  expect(await ask(4)).toBe("aabb");
});

test("a connection that one server refuses goes to the other, before any check has told", async () => {
  const { a, b, port, ask, changes } = await balanced({ checkEveryMs: 600_000 });
  await waitUntil(() => a.checks + b.checks === 2, { timeoutMs: 5_000, what: "the first checks" });
  await nameAt(port); // and their answers have arrived
  await a.stop();
  expect(await ask(4)).toBe("bbbb");
  expect(changes).toEqual([]);
});

test("a server that is started again is used again", async () => {
  const { b, says, ask } = await balanced();
  await b.stop();
  await says("b out");
  await b.start();
  await says("b in");
  expect(await ask(4)).toBe("aabb");
});

test("when none is ready all are tried, and when none is there the connection is closed", async () => {
  const { a, b, port, changes, ask } = await balanced();
  for (const server of [a, b]) server.isReady = false;
  await waitUntil(() => changes.length === 2, { timeoutMs: 5_000, what: "both out" });
  expect(await ask(4)).toBe("aabb");
  for (const server of [a, b]) await server.stop();
  using client = await openClient(port);
  expect(await client.readToEnd()).toHaveLength(0);
});
