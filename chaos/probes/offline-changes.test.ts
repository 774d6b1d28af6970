import { expect, test } from "vitest";
import { changesAfterReopening, changesBeforeReopening, doubled, missing, type SeenTask } from "./offline-changes.ts";

const changes = [...changesBeforeReopening, ...changesAfterReopening];
const seen = (title: string, version: number, other: Partial<SeenTask> = {}): SeenTask => ({
  ...{ title, version, completed: false, deletedAt: null },
  ...other,
});
const deletedAt = "2026-11-28T09:00:00.000Z";
const all: readonly SeenTask[] = [
  seen("Before one, renamed", 2),
  seen("Before two", 2, { completed: true }),
  seen("Before three", 2, { deletedAt }),
  seen("Before four, renamed", 2),
  seen("Offline one, renamed", 2),
  seen("Offline two", 2, { completed: true }),
  seen("Offline three", 2, { deletedAt }),
  seen("Offline four, renamed", 2),
  seen("Offline five", 1),
];
const instead = (title: string, ...others: SeenTask[]) => [...all.filter((task) => task.title !== title), ...others];

test("when everything is there once, nothing is missing and nothing doubled", () => {
  expect(missing(changes, all)).toBe(0);
  expect(doubled(changes, all)).toBe(0);
});

test("of what is not there each change is missing", () => {
  const [one, two] = ["Before one, renamed", "Before two"];
  expect(missing(changes, instead(one, seen("Before one", 1)))).toBe(1);
  expect(missing(changes, instead(two, seen("Before two", 1)))).toBe(1);
  expect(missing(changes, instead("Before three", seen("Before three", 1)))).toBe(1);
  expect(missing(changes, instead("Offline one, renamed"))).toBe(2);
  expect(missing(changes, [])).toBe(changes.length);
});

test("a task that is there twice is doubled, and so is a change that was done twice", () => {
  expect(doubled(changes, [...all, seen("Offline five", 1)])).toBe(1);
  expect(doubled(changes, instead("Offline five", seen("Offline five", 2)))).toBe(1);
  expect(doubled(changes, instead("Before one, renamed", seen("Before one, renamed", 3)))).toBe(1);
});

test("changes that were sent as one are not doubled", () => {
  expect(doubled(changes, instead("Offline one, renamed", seen("Offline one, renamed", 1)))).toBe(0);
});
