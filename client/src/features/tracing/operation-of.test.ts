import { expect, test } from "vitest";
import { operationOf } from "./operation-of.ts";

const bodyOf = (query: string, variables = {}) => JSON.stringify({ query, variables });

test.each([
  ["query Tasks($first: Int) { tasks(first: $first) { nodes { id } } }", { type: "query", name: "Tasks" }],
  ["mutation AddTask($input: CreateTaskInput!) { createTask(input: $input) }", { type: "mutation", name: "AddTask" }],
  ["fragment Row on Task { id }\n\nmutation Move { moveTask { ...Row } }", { type: "mutation", name: "Move" }],
  ["subscription { changes }", { type: "subscription", name: undefined }],
  ["mutation($input: LoginInput!) { login(input: $input) { accessToken } }", { type: "mutation", name: undefined }],
  ["{ me { id } }", { type: "query", name: undefined }],
])("%s", (document, operation) => {
  expect(operationOf(bodyOf(document))).toEqual(operation);
});

test("nothing that a person typed is taken for an operation", () => {
  const title = "\nmutation Secret {";
  expect(operationOf(bodyOf("query Search($text: String) { tasks }", { text: title }))).toEqual({
    type: "query",
    name: "Search",
  });
});

test("a body without an operation is a query without a name", () => {
  for (const body of [undefined, "{}", new Blob(["{}"])])
    expect(operationOf(body)).toEqual({ type: "query", name: undefined });
});
