import { Validator } from "@seriousme/openapi-schema-validator";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormatsModule from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

interface Body {
  [name: string]: unknown;
}
interface Task extends Body {
  id: string;
  title: string;
  version: number;
  owner: { username: string } | null;
  list: { id: string };
  deletedAt: string | null;
}
interface Page {
  items: Task[];
  nextCursor: string | null;
  warnings?: object[];
}
interface Document {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
  >;
  components: { schemas: Record<string, object> };
}

let stack: Stack;
let token: string;
let document: Document;

beforeAll(async () => {
  stack = await startStack();
  document = (await (await fetch(`${stack.router.url}/openapi.json`)).json()) as Document;
  const { status, body } = await send<{ accessToken: string }>("POST", "/register", account);
  expect(status).toBe(201);
  token = body.accessToken;
});
afterAll(() => stack?.[Symbol.asyncDispose]());

const account = { username: "lucia", password: "correct horse battery" };

/** Sends a REST request, and checks that the answer is as the OpenAPI document says. */
async function send<Answer = Body>(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {},
) {
  const response = await fetch(stack.router.url + path, {
    method,
    headers: { ...headers, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Answer;
  expectDocumented(method, path, response, answer);
  return { status: response.status, headers: response.headers, body: answer };
}

function expectDocumented(method: string, path: string, response: Response, answer: unknown) {
  const template = (path.split("?")[0] ?? "").replace(/^\/(tasks|lists)\/[^/]+/, "/$1/{id}");
  const operation = document.paths[template]?.[method.toLowerCase()];
  const mediaType = response.headers.get("content-type")?.split(";")[0] ?? "";
  const schema = operation?.responses[response.status]?.content?.[mediaType]?.schema;
  expect(schema, `${method} ${template} answers ${response.status} as ${mediaType}`).toBeDefined();
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormatsModule.default(ajv);
  const validate = ajv.compile({ ...schema, components: document.components });
  expect(validate(answer), JSON.stringify(validate.errors)).toBe(true);
}

const create = async (input: object) => (await send<Task>("POST", "/tasks", input)).body;

test("the OpenAPI document is valid 3.1", async () => {
  const result = await new Validator().validate(structuredClone(document) as never);
  expect(result.errors).toBeUndefined();
  expect(document).toMatchObject({
    openapi: "3.1.0",
    components: { securitySchemes: { accessToken: { scheme: "bearer" } } },
  });
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(["/register", "/login", "/tasks", "/tasks/{id}", "/tasks/{id}/restore", "/lists"]),
  );
});

test("one signs in, makes a list and tasks, pages, edits, meets CONFLICT, trashes and restores", async () => {
  const signedIn = await send<{ user: object }>("POST", "/login", account, {});
  expect(signedIn.status).toBe(200);
  expect(signedIn.body.user).toMatchObject({ username: "lucia" });

  const list = await send<{ id: string }>("POST", "/lists", { name: "Compras", color: "#3366ff" });
  expect(list.status).toBe(201);
  expect(list.headers.get("location")).toBe(`/lists/${list.body.id}`);
  expect((await send("GET", `/lists/${list.body.id}`)).body).toMatchObject({ name: "Compras" });
  const lists = await send<{ items: Body[] }>("GET", "/lists");
  expect(lists.body.items.map(({ name }) => name)).toContain("Compras");

  for (const title of ["pan", "leche", "sal"]) {
    const made = await send<Task>("POST", "/tasks", { title, listId: list.body.id });
    expect(made.status).toBe(201);
    expect(made.headers.get("location")).toBe(`/tasks/${made.body.id}`);
    expect(made.headers.get("etag")).toBe('"1"');
  }
  const first = await send<Page>("GET", `/tasks?limit=2&listId=${list.body.id}&orderBy=CREATED_AT&direction=ASC`);
  expect(first.body.items.map(({ title, owner }) => [title, owner?.username])).toEqual([
    ["pan", "lucia"],
    ["leche", "lucia"],
  ]);
  const cursor = encodeURIComponent(first.body.nextCursor ?? "");
  const second = await send<Page>(
    "GET",
    `/tasks?limit=2&listId=${list.body.id}&orderBy=CREATED_AT&direction=ASC&cursor=${cursor}`,
  );
  expect(second.body).toMatchObject({ items: [{ title: "sal" }], nextCursor: null });

  const { id } = first.body.items[0] as Task;
  const edited = await send<Task>("PATCH", `/tasks/${id}`, { title: "pan integral", expectedVersion: 1 });
  expect(edited).toMatchObject({ status: 200, body: { title: "pan integral", version: 2 } });
  const stale = await send("PATCH", `/tasks/${id}`, { title: "otro", expectedVersion: 1 });
  expect(stale).toMatchObject({ status: 409, body: { code: "CONFLICT", version: 2, status: 409, title: "Conflict" } });

  const trashed = await send<Task>("DELETE", `/tasks/${id}`);
  expect(trashed).toMatchObject({ status: 200, body: { id, deletedAt: expect.any(String) } });
  expect((await send<Page>("GET", "/tasks?trashed=true")).body.items.map((task) => task.id)).toEqual([id]);
  expect((await send<Task>("POST", `/tasks/${id}/restore`)).body.deletedAt).toBeNull();
});

test("If-Match guards a change like expectedVersion", async () => {
  const { id } = await create({ title: "guarded" });
  const authorization = `Bearer ${token}`;
  const change = (match: string, body: object = { title: "new" }) =>
    send("PATCH", `/tasks/${id}`, body, { authorization, "if-match": match });
  expect((await change('"7"')).body).toMatchObject({ code: "CONFLICT", version: 1 });
  expect((await change('"1"')).status).toBe(200);
  expect((await change("*")).status).toBe(200);
  expect((await change("W/x")).body).toMatchObject({
    code: "BAD_USER_INPUT",
    fields: [{ path: "If-Match", code: "INVALID" }],
  });
  expect((await change('"3"', { title: "x", expectedVersion: 2 })).status).toBe(400);
});

test("an Idempotency-Key replays the first answer, and refuses another input", async () => {
  const headers = { authorization: `Bearer ${token}`, "idempotency-key": "rest-key-1" };
  const first = await send<Task>("POST", "/tasks", { title: "once" }, headers);
  const again = await send<Task>("POST", "/tasks", { title: "once" }, headers);
  expect(again.body).toEqual(first.body);
  const other = await send("POST", "/tasks", { title: "twice" }, headers);
  expect(other).toMatchObject({ status: 422, body: { code: "IDEMPOTENCY_KEY_REUSED" } });
});

test("filters and orders are those of GraphQL", async () => {
  await create({ title: "zz urgent", priority: "URGENT", tags: ["rest", "a"], dueDate: "2026-12-01" });
  await create({ title: "zz low", priority: "LOW", tags: ["rest"], dueDate: "2026-12-24" });
  const titles = async (parameters: string) =>
    (await send<Page>("GET", `/tasks?${parameters}`)).body.items.map(({ title }) => title);
  expect(await titles("tag=rest&orderBy=PRIORITY&direction=ASC")).toEqual(["zz low", "zz urgent"]);
  expect(await titles("tag=rest&tag=a")).toEqual(["zz urgent"]);
  expect(await titles("text=zz&priority=LOW&priority=HIGH")).toEqual(["zz low"]);
  expect(await titles("tag=rest&dueFrom=2026-12-02&dueTo=2026-12-31&completed=false")).toEqual(["zz low"]);
  expect(await titles("tag=rest&completed=true")).toEqual([]);
});

describe("a refusal is a problem document with the right status", () => {
  test.each<[string, string, string, object | undefined, number, object]>([
    [
      "a taken name",
      "POST",
      "/register",
      account,
      400,
      { code: "BAD_USER_INPUT", fields: [{ path: "username", code: "TAKEN" }] },
    ],
    [
      "a missing field",
      "POST",
      "/register",
      { username: "x" },
      400,
      { fields: [{ path: "password", code: "REQUIRED" }] },
    ],
    [
      "an unknown field",
      "POST",
      "/tasks",
      { title: "x", done: true },
      400,
      { fields: [{ path: "done", code: "UNKNOWN" }] },
    ],
    ["a field of another type", "POST", "/tasks", { title: 5 }, 400, { fields: [{ path: "title", code: "INVALID" }] }],
    ["a date that is none", "POST", "/tasks", { title: "x", dueDate: "2026-02-31" }, 400, { code: "BAD_USER_INPUT" }],
    [
      "a title that is too long",
      "POST",
      "/tasks",
      { title: "x".repeat(501) },
      400,
      { fields: [{ path: "title", code: "TOO_LONG" }] },
    ],
    ["an unknown name", "POST", "/login", { username: "nadie", password: "whatever" }, 401, { code: "USER_NOT_FOUND" }],
    [
      "a wrong password",
      "POST",
      "/login",
      { ...account, password: "wrong password" },
      401,
      { code: "INVALID_CREDENTIALS" },
    ],
    ["an unknown task", "GET", "/tasks/000000000000000000000000", undefined, 404, { code: "NOT_FOUND" }],
    ["an id that is none", "DELETE", "/tasks/x", undefined, 404, { code: "NOT_FOUND" }],
    ["an unknown parameter", "GET", "/tasks?page=2", undefined, 400, { fields: [{ path: "page", code: "UNKNOWN" }] }],
    [
      "a page that is too large",
      "GET",
      "/tasks?limit=101",
      undefined,
      400,
      { fields: [{ path: "limit", code: "TOO_LARGE" }] },
    ],
    ["a cursor that is none", "GET", "/tasks?cursor=x", undefined, 400, { code: "BAD_USER_INPUT" }],
  ])("%s", async (_, method, path, body, status, problem) => {
    const answer = await send(method, path, body);
    expect(answer.body).toMatchObject({ ...problem, status, type: "about:blank", detail: expect.any(String) });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
  });

  test("no token, and a bad one", async () => {
    for (const headers of [{}, { authorization: "Bearer x" }]) {
      const { status, body, headers: answered } = await send("GET", "/tasks", undefined, headers);
      expect([status, body.code, answered.get("www-authenticate")]).toEqual([401, "UNAUTHENTICATED", "Bearer"]);
    }
  });

  test.each<[string, RequestInit, number, string]>([
    ["/tasks", { method: "PUT" }, 405, "BAD_REQUEST"],
    ["/tasks/x", { method: "POST" }, 405, "BAD_REQUEST"],
    ["/tasks/%zz", {}, 400, "BAD_REQUEST"],
    [`/tasks/${"x".repeat(300)}`, {}, 401, "UNAUTHENTICATED"],
    ["/nothing", {}, 404, "NOT_FOUND"],
    ["/tasks", { method: "POST", body: "{", headers: { "content-type": "application/json" } }, 400, "BAD_REQUEST"],
    ["/tasks", { method: "POST", body: "x", headers: { "content-type": "text/plain" } }, 415, "BAD_REQUEST"],
    [
      "/tasks",
      { method: "POST", body: `"${"x".repeat(1_100_000)}"`, headers: { "content-type": "application/json" } },
      413,
      "BAD_REQUEST",
    ],
  ])("%s %j", async (path, init, status, code) => {
    const response = await fetch(stack.router.url + path, init);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, code });
    if (status === 405) expect(response.headers.get("allow")?.split(", ")).not.toContain(init.method);
  });
});

test("with users stopped, tasks come with owner null and a warning; writes too; sign-in is 503", async () => {
  await stack.users.stop();
  const page = await send<Page>("GET", "/tasks");
  expect(page.status).toBe(200);
  expect(page.body.items.length).toBeGreaterThan(3);
  expect(page.body.items.every(({ owner }) => owner === null)).toBe(true);
  expect(page.body.warnings).toEqual([{ code: "SUBGRAPH_UNAVAILABLE", detail: expect.any(String), subgraph: "users" }]);
  expect(await send("POST", "/tasks", { title: "alone" })).toMatchObject({ status: 201, body: { owner: null } });
  expect(await send("POST", "/login", account, {})).toMatchObject({ status: 503, body: { subgraph: "users" } });
  await stack.users.start();
  await stack.users.ready();
});

test("with tasks hung, the answer is 504", async () => {
  stack.tasks.pause();
  expect(await send("GET", "/tasks")).toMatchObject({
    status: 504,
    body: { code: "SUBGRAPH_TIMEOUT", subgraph: "tasks" },
  });
  stack.tasks.resume();
});
