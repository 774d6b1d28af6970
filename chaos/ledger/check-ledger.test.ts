import { expect, test } from "vitest";
import { checkLedger, type StoredTask } from "./check-ledger.ts";
import type { Fate, LedgerTask, LedgerWrite } from "./ledger.ts";

const clean = { lost: [], doubled: [], unexpected: [], crossed: [] };

/** A task "t" of Ana's, made and then renamed to "t 1", "t 2", …, with these fates. */
function history(...fates: Fate[]): LedgerTask {
  const writes = fates.map((fate, number): LedgerWrite => {
    return { kind: number === 0 ? "create" : "rename", title: `t ${number}`, sentAt: number, fate };
  });
  return { marker: "t", ownerId: "ana", writes };
}

const stored = (title: string, version: number, other: Partial<StoredTask> = {}): StoredTask => ({
  ...{ ownerId: "ana", title, version, isDeleted: false },
  ...other,
});

test("a history that is as it was answered is clean", () => {
  const tasks = [history("acknowledged", "acknowledged", "refused")];
  expect(checkLedger(tasks, [stored("t 1", 2)])).toEqual(clean);
});

test("an acknowledged create that is not there is lost", () => {
  expect(checkLedger([history("acknowledged")], [])).toEqual({ ...clean, lost: ["t"] });
});

test("a create of unknown fate may be there or not", () => {
  expect(checkLedger([history("unknown")], [])).toEqual(clean);
  expect(checkLedger([history("unknown")], [stored("t 0", 1)])).toEqual(clean);
});

test("a create that is there twice is doubled, whether its answer came or not", () => {
  const twice = [stored("t 0", 1), stored("t 0", 1)];
  expect(checkLedger([history("acknowledged")], twice)).toEqual({ ...clean, doubled: ["t"] });
  expect(checkLedger([history("unknown")], twice)).toEqual({ ...clean, doubled: ["t"] });
});

test("a refused create that is there is unexpected", () => {
  expect(checkLedger([history("refused")], [stored("t 0", 1)])).toEqual({ ...clean, unexpected: ["t"] });
});

test("a task that no ledger knows is unexpected", () => {
  expect(checkLedger([], [stored("who made this", 1)])).toEqual({ ...clean, unexpected: ["who made this"] });
});

test("a task under another owner is crossed", () => {
  const crossed = [stored("t 0", 1, { ownerId: "eva" })];
  expect(checkLedger([history("acknowledged")], crossed)).toEqual({ ...clean, crossed: ["t"] });
});

test("an acknowledged rename that is not there is lost", () => {
  const tasks = [history("acknowledged", "acknowledged")];
  expect(checkLedger(tasks, [stored("t 0", 1)])).toEqual({ ...clean, lost: ["t"] });
});

test("an acknowledged rename that a later one of unknown fate overtook is clean", () => {
  const tasks = [history("acknowledged", "acknowledged", "unknown")];
  expect(checkLedger(tasks, [stored("t 1", 2)])).toEqual(clean);
  expect(checkLedger(tasks, [stored("t 2", 3)])).toEqual(clean);
});

test("an acknowledged rename whose version is right and whose title is an older one is lost", () => {
  const tasks = [history("acknowledged", "unknown", "acknowledged")];
  expect(checkLedger(tasks, [stored("t 1", 2)])).toEqual({ ...clean, lost: ["t"] });
});

test("a rename that was done twice shows in the version", () => {
  const tasks = [history("acknowledged", "acknowledged")];
  expect(checkLedger(tasks, [stored("t 1", 3)])).toEqual({ ...clean, doubled: ["t"] });
});

test("a refused rename that was done shows in the version", () => {
  const tasks = [history("acknowledged", "refused")];
  expect(checkLedger(tasks, [stored("t 1", 2)])).toEqual({ ...clean, doubled: ["t"] });
});

test("an acknowledged delete has to be there", () => {
  const task = history("acknowledged");
  task.writes.push({ kind: "delete", sentAt: 1, fate: "acknowledged" });
  expect(checkLedger([task], [stored("t 0", 2, { isDeleted: true })])).toEqual(clean);
  expect(checkLedger([task], [stored("t 0", 2)])).toEqual({ ...clean, lost: ["t"] });
});
