import { expect, test } from "vitest";
import { checkCopy, type History, type StoredCopy } from "./check-copy.ts";
import type { StoredTask } from "./check-ledger.ts";
import type { Fate, LedgerTask } from "./ledger.ts";

const clean = { lost: [], torn: [], doubled: [], unexpected: [], crossed: [], broken: [] };
const span = { from: 100, to: 200 };
const registrations = [{ id: "ana", sentAt: 0, settledAt: 1 }];

/** A task of Ana's that was made, and renamed as often as there are more times; each write took until 5 after it. */
function taskOf(marker: string, times: readonly number[], fate: Fate = "acknowledged"): LedgerTask {
  const writes = times.map((sentAt, number) => ({
    kind: number === 0 ? ("create" as const) : ("rename" as const),
    title: `${marker} ${number}`,
    idempotencyKey: `${marker}-${number}`,
    ...{ sentAt, settledAt: sentAt + 5, fate },
  }));
  return { marker, ownerId: "ana", writes };
}

const history = (...tasks: LedgerTask[]): History => ({ tasks, registrations });

/** A copy with so many writes of each of Ana's tasks. */
function copyWith(done: Readonly<Record<string, number>>, other: Partial<StoredCopy> = {}): StoredCopy {
  const made = Object.entries(done).filter(([, count]) => count > 0);
  const keys = made.flatMap(([marker, count]) => Array.from({ length: count }, (_, number) => `${marker}-${number}`));
  return {
    tasks: made.map(([marker, count]) => stored(`${marker} ${count - 1}`, count)),
    keys: new Set(keys),
    accounts: new Set(["ana"]),
    ownersWrites: new Map([["ana", keys.length + 1]]),
    lists: [{ ownerId: "ana", taskWrites: made.length, positions: made.map(([marker]) => marker) }],
    ...other,
  };
}

const stored = (title: string, version: number): StoredTask => ({ ownerId: "ana", title, version, isDeleted: false });

test("a copy of any moment of the span is clean", () => {
  const writes = history(taskOf("a", [10, 110]), taskOf("b", [120, 300]));
  expect(checkCopy(writes, copyWith({ a: 1 }), span)).toEqual(clean);
  expect(checkCopy(writes, copyWith({ a: 2 }), span)).toEqual(clean);
  expect(checkCopy(writes, copyWith({ a: 2, b: 1 }), span)).toEqual(clean);
});

test("of writes that overlapped either may be there alone", () => {
  const writes = history(taskOf("a", [110]), taskOf("b", [112]));
  expect(checkCopy(writes, copyWith({ a: 1 }), span)).toEqual(clean);
  expect(checkCopy(writes, copyWith({ b: 1 }), span)).toEqual(clean);
});

test("what was acknowledged before the span is lost when it is not there", () => {
  const writes = history(taskOf("a", [10, 20]));
  expect(checkCopy(writes, copyWith({ a: 1 }), span)).toEqual({ ...clean, lost: ["a: rename 1"] });
});

test("what was sent behind the span can't be there", () => {
  const writes = history(taskOf("a", [10, 201]));
  expect(checkCopy(writes, copyWith({ a: 2 }), span)).toEqual({ ...clean, unexpected: ["a: rename 1"] });
});

test("a write of the span that is there without an earlier one tears the copy", () => {
  const writes = history(taskOf("a", [110]), taskOf("b", [120]));
  expect(checkCopy(writes, copyWith({ b: 1 }), span)).toEqual({ ...clean, torn: ["a: create 0"] });
});

test("an account that is missing though a later write is there tears the copy, and leaves that to nobody", () => {
  const writes = { tasks: [taskOf("a", [120])], registrations: [{ id: "ana", sentAt: 101, settledAt: 110 }] };
  const found = checkCopy(writes, copyWith({ a: 1 }, { accounts: new Set() }), span);
  expect(found).toEqual({ ...clean, torn: ["ana"], broken: ["what belongs to ana, whom nobody knows"] });
});

test("a task without the result of the write that made it, and a result without its task, are half done", () => {
  const writes = history(taskOf("a", [110]));
  expect(checkCopy(writes, copyWith({ a: 1 }, { keys: new Set() }), span)).toMatchObject({ unexpected: ["a"] });
  expect(checkCopy(writes, copyWith({ a: 1 }, { tasks: [] }), span)).toMatchObject({ lost: ["a"] });
});

test("a task that is not as the results of its writes say is half done", () => {
  const writes = history(taskOf("a", [10, 110]));
  expect(checkCopy(writes, copyWith({ a: 2 }, { tasks: [stored("a 0", 1)] }), span)).toMatchObject({ lost: ["a"] });
  expect(checkCopy(writes, copyWith({ a: 1 }, { tasks: [stored("a 1", 2)] }), span)).toMatchObject({ doubled: ["a"] });
});

test("a task that is there twice is doubled", () => {
  const copy = copyWith({ a: 1 }, { tasks: [stored("a 0", 1), stored("a 0", 1)] });
  expect(checkCopy(history(taskOf("a", [110])), copy, span)).toEqual({ ...clean, doubled: ["a"] });
});

test("what was refused, and a key that nobody has sent, are unexpected", () => {
  const refused = history(taskOf("a", [110], "refused"));
  expect(checkCopy(refused, copyWith({ a: 1 }), span)).toEqual({ ...clean, unexpected: ["a: create 0"] });
  const copy = copyWith({}, { keys: new Set(["who sent this"]) });
  expect(checkCopy(history(), copy, span)).toEqual({ ...clean, unexpected: ["1 unknown keys"] });
});

test("a write of unknown fate may be there or not, and tears nothing", () => {
  const writes = history(taskOf("a", [10], "unknown"), taskOf("b", [120]));
  expect(checkCopy(writes, copyWith({ a: 1, b: 1 }), span)).toEqual(clean);
  expect(checkCopy(writes, copyWith({ b: 1 }), span)).toEqual(clean);
});

test("counts that are not of just these writes are broken, and so are two tasks in one place", () => {
  const writes = history(taskOf("a", [10]));
  const miscounted = copyWith({ a: 1 }, { ownersWrites: new Map([["ana", 1]]) });
  expect(checkCopy(writes, miscounted, span)).toEqual({ ...clean, broken: ["the count of writes of ana"] });
  const lists = [{ ownerId: "ana", taskWrites: 2, positions: ["m", "m"] }];
  expect(checkCopy(writes, copyWith({ a: 1 }, { lists }), span)).toEqual({
    ...clean,
    broken: ["the count of tasks of the list of ana", "two tasks of ana in one place"],
  });
});
