import { buildSchema, type OperationDefinitionNode, parse } from "graphql";
import { expect, test } from "vitest";
import { KnownCost } from "./known-cost.ts";

const schema = buildSchema("type Query { items(first: Int): [Item] }  type Item { id: ID }");
const document = parse("query ($first: Int = 1000) { items(first: $first) { id } }");

test("a variable that is null is not one that has its default", () => {
  const operation = document.definitions[0] as OperationDefinitionNode;
  const cost = new KnownCost({ schema, document, operation }, 100);
  expect(cost.isExceeded({ first: null })).toBe(false);
  expect(cost.isExceeded({})).toBe(true);
});
