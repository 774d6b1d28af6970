import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allProtections } from "./all-protections.ts";
import { edited, repositoryRoot } from "./support/mutated-tree.ts";

test("every protection has a name of its own, attacks, and servers to try them at", () => {
  const names = allProtections.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, attacks, off } of allProtections) {
    expect(off, name).not.toEqual([]);
    expect(attacks, name).not.toEqual([]);
    for (const { at } of attacks) expect(at, name).not.toEqual([]);
    const rows = attacks.map((attack) => attack.name);
    expect(new Set(rows).size, name).toBe(rows.length);
  }
});

for (const { name, off } of allProtections)
  test(`what switches off ${name} still stands in the source`, () => {
    for (const edit of off) edited(readFileSync(join(repositoryRoot, edit.file), "utf8"), edit);
  });
