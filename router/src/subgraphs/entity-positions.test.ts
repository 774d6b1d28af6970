import { expect, test } from "vitest";
import { entitiesAt, positionsOf } from "./entity-positions.ts";

const product = (id: string) => ({ __typename: "Product", id });
const note = (id: string) => ({ __typename: "Note", id });

test("entities are found through lists, lists in lists and nulls, in document order", () => {
  const data = { grid: [[{ node: product("1") }, null], null, [{ node: null }, { node: product("2") }]] };
  expect(entitiesAt([data], ["grid", "@", "@", "node"])).toEqual([product("1"), product("2")]);
});

test("the first root that has the key is the one that others were merged into", () => {
  expect(entitiesAt([{ a: null }, { b: product("1") }, { b: product("2") }], ["b"])).toEqual([product("1")]);
});

test("representations keep their positions among entities of other types", () => {
  const entities = [note("1"), product("1"), note("2"), product("2"), product("1")];
  expect(positionsOf([product("1"), product("2"), product("1")], entities)).toEqual([1, 3, 4]);
});

test("as many representations as entities are the entities in order", () => {
  expect(positionsOf([product("9"), product("8")], [product("1"), product("2")])).toEqual([0, 1]);
});
