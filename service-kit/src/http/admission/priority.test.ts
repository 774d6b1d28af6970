import { expect, test } from "vitest";
import { priorityOfOperation } from "./priority.ts";

const of = (query: unknown, variables?: unknown) => priorityOfOperation({ query, variables }, 200);

test.each([
  "mutation { login(input: {}) { accessToken } }",
  "mutation Login($input: LoginInput!) { login(input: $input) { accessToken } }",
  "mutation Login__users__0($input:LoginInput!){login(input:$input){accessToken}}",
  "# as people write it: {\n mutation { me: register(input: {}) { accessToken } }",
  "mutation { refreshSession { accessToken } }",
])("signing in is recognised: %s", (query) => expect(of(query)).toBe("login"));

test.each([
  "mutation { createTask(input: {}) { task { id } } }",
  "mutation { login: createTask(input: {}) { task { id } } }",
  "mutation ($input: X = { login: 1 }) { createTask(input: $input) { task { id } } }",
])("a write is recognised: %s", (query) => expect(of(query)).toBe("write"));

test.each(["{ tasks { nodes { id } } }", "query mutation { me { id } }", "fragment F on User { id } { me { ...F } }"])(
  "a read is recognised: %s",
  (query) => expect(of(query)).toBe("read"),
);

test("a read is large by its page size or its own", () => {
  expect(of("{ tasks(first: 51) { nodes { id } } }")).toBe("large-read");
  expect(of("{ tasks(last:100) { nodes { id } } }")).toBe("large-read");
  expect(of("query ($first: Int) { tasks(first: $first) { totalCount } }", { first: 100 })).toBe("large-read");
  expect(of("{ tasks(first: 50) { nodes { id } } }", { first: 50 })).toBe("read");
  expect(priorityOfOperation({ query: "{ me { id } }" }, 10_000)).toBe("large-read");
});

test("what is no request is a read, for GraphQL to refuse", () => {
  for (const body of [undefined, null, "text", [{ query: "mutation { login }" }], { query: 1, variables: "x" }])
    expect(priorityOfOperation(body, 10)).toBe("read");
});

test("a document that is made to be slow to look at is not", () => {
  const startedAt = performance.now();
  for (const part of ["#", "# ", ", ", "first", "mutation ", "first :"]) of(part.repeat(100_000));
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
