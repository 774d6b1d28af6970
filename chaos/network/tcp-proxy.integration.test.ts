import { randomBytes } from "node:crypto";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { afterEach, expect, test } from "vitest";
import { Links } from "../test/support/links.ts";
import type { LinkFault } from "./link-fault.ts";

let links = new Links();
afterEach(async () => {
  await links[Symbol.asyncDispose]();
  links = new Links();
});

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

test("without a fault 10 MB pass unharmed both ways at once, and so does the end of each side", async () => {
  const link = await links.open();
  const client = await link.connect();
  const sent = randomBytes(10_485_760);
  client.socket.end(sent);
  expect((await client.readToEnd()).equals(sent)).toBe(true);
  expect(await client.closed).toBe("");
});

test("who has ended one side still gets the answer, and whose peer has ended can still send", async () => {
  const link = await links.open((socket) => {
    socket.end("all that I have to say");
  });
  const client = await link.connect();
  expect(String(await client.readToEnd())).toBe("all that I have to say");
  client.socket.end("and I");
  await client.closed;
  await waitUntil(() => link.server.received() === 5, { timeoutMs: 5_000, what: "what is sent after the peer's end" });

  const late = await links.open((socket) => void socket.resume().once("end", () => socket.end("after your end")));
  const asking = await late.connect();
  asking.socket.end("?");
  expect(String(await asking.readToEnd())).toBe("after your end");
});

test("latency holds every answer back for so long, in order, and loses none when a side ends meanwhile", async () => {
  const link = await links.open();
  const client = await link.connect();
  link.proxy.set({ kind: "latency", ms: 200 });
  client.socket.write("a");
  client.socket.end("b");
  expect(await timeOf(() => client.readToEnd())).toBeGreaterThan(190);
  expect(String(await client.readToEnd())).toBe("ab");
});

test("latency is of the answers alone: what is asked arrives at once", async () => {
  const all = await links.open();
  const client = await all.connect();
  all.proxy.set({ kind: "latency", ms: 60_000 });
  client.socket.write("asked");
  await waitUntil(() => all.server.received() === 5, { timeoutMs: 5_000, what: "what is asked" });
});

test("bandwidth lets no more through than it says, in either direction", async () => {
  const sink = await links.open((socket) => void socket.resume().once("end", () => socket.end("done")));
  sink.proxy.set({ kind: "bandwidth", bytesPerSecond: 400_000 });
  const up = await sink.connect();
  up.socket.end(Buffer.alloc(160_000));
  expect(await timeOf(() => up.readToEnd())).toBeGreaterThan(390);

  const source = await links.open((socket) => void socket.end(Buffer.alloc(160_000)));
  source.proxy.set({ kind: "bandwidth", bytesPerSecond: 400_000 });
  const down = await source.connect();
  expect(await timeOf(() => down.readToEnd())).toBeGreaterThan(390);
  expect(await down.readToEnd()).toHaveLength(160_000);
});

test("reset: what is sent does not arrive, and both sides see the connection reset", async () => {
  const all = await links.open();
  const client = await all.connect();
  all.proxy.set({ kind: "reset", share: 1 });
  const upstream = await all.serverSide();
  const serverSideFailed = new Promise((resolve) => upstream.once("close", resolve));
  client.socket.write("lost");
  expect(await client.closed).toBe("ECONNRESET");
  expect(await serverSideFailed).toBe(true);
  expect(all.server.received()).toBe(0);
});

test("reset of a share hits that share of what is sent", async () => {
  const all = await links.open();
  all.proxy.set({ kind: "reset", share: 0.3 });
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => all.asksOnce()));
  const reset = outcomes.filter((outcome) => outcome === "ECONNRESET").length;
  expect(reset).toBeGreaterThan(15);
  expect(reset).toBeLessThan(45);
  expect(outcomes.filter((outcome) => outcome === "answered")).toHaveLength(100 - reset);
});

test("black hole: connections open and stay, and nothing arrives in either direction, then or later", async () => {
  const all = await links.open();
  const client = await all.connect();
  const upstream = await all.serverSide();
  all.proxy.set({ kind: "black-hole" });
  const later = await all.connect();
  for (const { socket } of [client, later]) socket.write("lost there");
  upstream.write("lost back");
  await all.everythingIsRead();
  all.proxy.set(undefined);
  client.socket.end("now");
  expect(String(await client.readToEnd())).toBe("now");
  expect(all.server.received()).toBe("ping".length + "now".length);
  expect(later.socket.destroyed).toBe(false);
});

test("lost answers: what is asked arrives, its answer does not, and the connection is reset", async () => {
  const all = await links.open();
  all.proxy.set({ kind: "lose-answers", share: 1 });
  const client = await all.connect();
  client.socket.write("asked");
  expect(await client.closed).toBe("ECONNRESET");
  expect(all.server.received()).toBe(5);
  expect(client.socket.bytesRead).toBe(0);
});

test("a fault that is over is over", async () => {
  const all = await links.open();
  for (const fault of [{ kind: "reset", share: 1 }, { kind: "black-hole" }] satisfies LinkFault[]) {
    all.proxy.set(fault);
    all.proxy.set(undefined);
    expect(await all.asksOnce()).toBe("answered");
  }
});

test("a server that is gone takes the connection with it", async () => {
  const all = await links.open();
  const client = await all.connect();
  (await all.serverSide()).resetAndDestroy();
  expect(await client.closed).toBe("ECONNRESET");
  await all.server[Symbol.asyncDispose]();
  const nobody = await all.connect();
  expect(await nobody.closed).toBe("ECONNRESET");
});
