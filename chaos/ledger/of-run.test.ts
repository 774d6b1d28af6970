import { expect, test } from "vitest";
import type { StoredTask } from "./check-ledger.ts";
import { Ledger } from "./ledger.ts";
import { ofRun } from "./of-run.ts";

const stored = (ownerId: string, title: string): StoredTask => ({ ownerId, title, version: 1, isDeleted: false });
const ofLoad = (tasks: readonly StoredTask[]) => ofRun(tasks, new Ledger("w1"), [{ id: "ana" }, { id: "eva" }]);

test("what a probe's own people have made is none of the ledger's business", () => {
  expect(ofLoad([stored("guest", "Comprar pan"), stored("guest", "w12-1 is of another run")])).toEqual([]);
});

test("all that an account of the load has counts, whoever made it", () => {
  const tasks = [stored("ana", "w1-1 is new"), stored("eva", "who made this")];
  expect(ofLoad(tasks)).toEqual(tasks);
});

test("a write of the load that landed with somebody else counts", () => {
  const tasks = [stored("guest", "w1-1 is new")];
  expect(ofLoad(tasks)).toEqual(tasks);
});
