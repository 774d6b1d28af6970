import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { afterEach, expect, test } from "vitest";
import { seededRandom } from "../random.ts";
import { echo, openClient, startServer, type TcpClient, type TcpServer } from "../test/support/tcp.ts";
import type { LinkFault } from "./link-fault.ts";
import { openTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

let opened = new AsyncDisposableStack();
afterEach(async () => {
  await opened.disposeAsync();
  opened = new AsyncDisposableStack();
});

interface Link {
  readonly server: TcpServer;
  readonly proxy: TcpProxy;
  readonly open: () => Promise<TcpClient>;
}

/** A server behind a proxy. */
async function link(serve: (socket: Socket) => void = echo): Promise<Link> {
  const server = opened.use(await startServer(serve));
  const proxy = opened.use(await openTcpProxy(server.port, seededRandom(1)));
  return { server, proxy, open: async () => opened.use(await openClient(proxy.port)) };
}

/** Resolves when all that was written on the loopback interface so far has been read, by the proxy above all. */
async function everythingIsRead({ server }: Link): Promise<void> {
  const { received } = server;
  const before = received();
  using direct = await openClient(server.port);
  direct.socket.write("ping");
  await waitUntil(() => received() >= before + 4, { timeoutMs: 5_000, what: "the ping" });
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

test("without a fault 10 MB pass unharmed both ways at once, and so does the end of each side", async () => {
  const { open } = await link();
  const client = await open();
  const sent = randomBytes(10_485_760);
  client.socket.end(sent);
  expect((await client.readToEnd()).equals(sent)).toBe(true);
  expect(await client.closed).toBe("");
});

test("who has ended one side still gets the answer, and whose peer has ended can still send", async () => {
  const { server, open } = await link((socket) => {
    socket.end("all that I have to say");
  });
  const client = await open();
  expect(String(await client.readToEnd())).toBe("all that I have to say");
  client.socket.end("and I");
  await client.closed;
  await waitUntil(() => server.received() === 5, { timeoutMs: 5_000, what: "what is sent after the peer's end" });

  const late = await link((socket) => void socket.resume().once("end", () => socket.end("after your end")));
  const asking = await late.open();
  asking.socket.end("?");
  expect(String(await asking.readToEnd())).toBe("after your end");
});

test("latency holds every answer back for so long, in order, and loses none when a side ends meanwhile", async () => {
  const { proxy, open } = await link();
  const client = await open();
  proxy.set({ kind: "latency", ms: 200 });
  client.socket.write("a");
  client.socket.end("b");
  expect(await timeOf(() => client.readToEnd())).toBeGreaterThan(190);
  expect(String(await client.readToEnd())).toBe("ab");
});

test("latency is of the answers alone: what is asked arrives at once", async () => {
  const all = await link();
  const client = await all.open();
  all.proxy.set({ kind: "latency", ms: 60_000 });
  client.socket.write("asked");
  await waitUntil(() => all.server.received() === 5, { timeoutMs: 5_000, what: "what is asked" });
});

test("bandwidth lets no more through than it says, in either direction", async () => {
  const sink = await link((socket) => void socket.resume().once("end", () => socket.end("done")));
  sink.proxy.set({ kind: "bandwidth", bytesPerSecond: 400_000 });
  const up = await sink.open();
  up.socket.end(Buffer.alloc(160_000));
  expect(await timeOf(() => up.readToEnd())).toBeGreaterThan(390);

  const source = await link((socket) => void socket.end(Buffer.alloc(160_000)));
  source.proxy.set({ kind: "bandwidth", bytesPerSecond: 400_000 });
  const down = await source.open();
  expect(await timeOf(() => down.readToEnd())).toBeGreaterThan(390);
  expect(await down.readToEnd()).toHaveLength(160_000);
});

test("reset: what is sent does not arrive, and both sides see the connection reset", async () => {
  const all = await link();
  const client = await all.open();
  all.proxy.set({ kind: "reset", share: 1 });
  const upstream = await serverSide(all);
  const serverSideFailed = new Promise((resolve) => upstream.once("close", resolve));
  client.socket.write("lost");
  expect(await client.closed).toBe("ECONNRESET");
  expect(await serverSideFailed).toBe(true);
  expect(all.server.received()).toBe(0);
});

test("reset of a share hits that share of what is sent", async () => {
  const all = await link();
  all.proxy.set({ kind: "reset", share: 0.3 });
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => asksOnce(all)));
  const reset = outcomes.filter((outcome) => outcome === "ECONNRESET").length;
  expect(reset).toBeGreaterThan(15);
  expect(reset).toBeLessThan(45);
  expect(outcomes.filter((outcome) => outcome === "answered")).toHaveLength(100 - reset);
});

test("black hole: connections open and stay, and nothing arrives in either direction, then or later", async () => {
  const all = await link();
  const client = await all.open();
  const upstream = await serverSide(all);
  all.proxy.set({ kind: "black-hole" });
  const later = await all.open();
  for (const { socket } of [client, later]) socket.write("lost there");
  upstream.write("lost back");
  await everythingIsRead(all);
  all.proxy.set(undefined);
  client.socket.end("now");
  expect(String(await client.readToEnd())).toBe("now");
  expect(all.server.received()).toBe("ping".length + "now".length);
  expect(later.socket.destroyed).toBe(false);
});

test("lost answers: what is asked arrives, its answer does not, and the connection is reset", async () => {
  const all = await link();
  all.proxy.set({ kind: "lose-answers", share: 1 });
  const client = await all.open();
  client.socket.write("asked");
  expect(await client.closed).toBe("ECONNRESET");
  expect(all.server.received()).toBe(5);
  expect(client.socket.bytesRead).toBe(0);
});

test("a fault that is over is over", async () => {
  const all = await link();
  for (const fault of [{ kind: "reset", share: 1 }, { kind: "black-hole" }] satisfies LinkFault[]) {
    all.proxy.set(fault);
    all.proxy.set(undefined);
    expect(await asksOnce(all)).toBe("answered");
  }
});

test("a server that is gone takes the connection with it", async () => {
  const all = await link();
  const client = await all.open();
  (await serverSide(all)).resetAndDestroy();
  expect(await client.closed).toBe("ECONNRESET");
  await all.server[Symbol.asyncDispose]();
  const nobody = await all.open();
  expect(await nobody.closed).toBe("ECONNRESET");
});

/** The server's side of the only connection. */
const serverSide = ({ server }: Link): Promise<Socket> =>
  waitUntil(() => server.connections[0], { timeoutMs: 5_000, what: "the connection" });

async function asksOnce({ open }: Link): Promise<string> {
  const client = await open();
  client.socket.write("?");
  return Promise.race([client.closed, client.read(1).then(() => "answered")]).catch(() => client.closed);
}
