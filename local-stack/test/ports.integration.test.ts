import { expect, test } from "vitest";
import { isPortFree, reservePorts, tryListen } from "../src/ports.ts";

test("two blocks never share a port", async () => {
  await using one = await reservePorts();
  await using other = await reservePorts();
  const ports = [await one.next(), await one.next(), await other.next(), await other.next()];
  expect(new Set(ports).size).toBe(4);
});

test("a port that something listens on is passed over", async () => {
  await using block = await reservePorts();
  const first = await block.next();
  const taken = await tryListen(first + 1);
  expect(await isPortFree(first + 1)).toBe(false);
  expect(await block.next()).toBeGreaterThan(first + 1);
  taken?.close();
});
