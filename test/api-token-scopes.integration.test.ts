import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { scopes } from "@tareas/service-kit/auth/scopes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TaskClient } from "../subgraphs/tasks/test/support/task-client.ts";
import { exchange, type NewApiToken, newApiToken } from "./support/api-token.ts";
import { type GraphQLAnswer, Person } from "./support/person.ts";
import { type Named, neverRegistered, type RootField, rootFields } from "./support/root-fields.ts";
import { routerCredential } from "./support/router-credential.ts";

/** Every combination of scopes: one, two or all of them. */
const combinations = Array.from({ length: 2 ** scopes.length - 1 }, (_, index) =>
  scopes.filter((__, bit) => (index + 1) & (1 << bit)),
);
const keyOf = (combination: readonly string[]) => combination.join(" ");

let stack: Stack;
let person: Person;
let client: TaskClient;
let named: Named;
const tokens = new Map<string, NewApiToken>();
const accessTokens = new Map<string, string>();

beforeAll(async () => {
  stack = await startStack();
  person = await Person.register(stack.router.url);
  client = new TaskClient(person);
  for (const combination of combinations) {
    const made = await newApiToken(person, combination);
    tokens.set(keyOf(combination), made);
    accessTokens.set(keyOf(combination), (await exchange(stack, made.token))?.accessToken as string);
  }
});
afterAll(() => stack?.[Symbol.asyncDispose]());

/** New things to name, because an operation that is allowed may take them away. */
async function furnish(): Promise<Named> {
  const list = await client.writeList("createTaskList", { name: "list" });
  const task = await client.create("task", { listId: list.id });
  const { sessions, apiTokens } = await person.get<Record<"sessions" | "apiTokens", [{ id: string }]>>(
    "{ sessions { id } apiTokens { id } }",
  );
  return { user: person.id, list: list.id, task: task.id, session: sessions[0].id, apiToken: apiTokens[0].id };
}

const possessions = async () => ({
  lists: await client.lists(),
  tasks: (await client.page({ first: 100 })).nodes,
  trash: (await client.page({ first: 100, filter: { trashed: true } })).nodes,
  account: await person.get("{ me { id username email } sessions { id } apiTokens { id } }"),
});

const codesOf = ({ errors }: GraphQLAnswer<unknown>) => errors.map(({ extensions }) => extensions.code);
const tokenOf = (combination: readonly string[]) => tokens.get(keyOf(combination)) as NewApiToken;

const doors: Record<string, (combination: readonly string[], field: RootField) => Person> = {
  "at the router": (combination) => tokenOf(combination).holder,
  "at the subgraph": (combination, { subgraph }) =>
    new Person(stack[subgraph].url, accessTokens.get(keyOf(combination)) as string, person.id, person.username),
};

describe.each(Object.keys(doors))("%s", (door) => {
  test.each(Object.entries(rootFields))(
    "%s is as its schema says for every combination of scopes",
    async (_, field) => {
      named = await furnish();
      const operation = field.operation(named);
      const before = await possessions();
      const isAllowed = (combination: readonly string[]) => field.scope !== null && combination.includes(field.scope);
      const ask = (combination: readonly string[]) =>
        doors[door]?.(combination, field).ask(operation) as Promise<GraphQLAnswer<unknown>>;
      for (const combination of combinations.filter((each) => !isAllowed(each)))
        expect(codesOf(await ask(combination)), keyOf(combination)).toEqual(["FORBIDDEN"]);
      expect(await possessions()).toEqual(before);
      for (const combination of combinations.filter(isAllowed))
        expect(codesOf(await ask(combination)), keyOf(combination)).not.toContain("FORBIDDEN");
    },
  );
});

test("nobody was registered by an API token", async () => {
  const { errors } = await person.ask(rootFields["Mutation.login"]?.operation(named) as string);
  expect(errors[0]?.extensions.code, neverRegistered).toBe("USER_NOT_FOUND");
});

describe("the parts of an answer", () => {
  test("the owner of a task takes no more than tasks:read", async () => {
    const task = await client.create("owned");
    const answer = await tokenOf(["tasks:read"]).holder.get(
      `{ task(id: "${task.id}") { owner { username displayName } } }`,
    );
    expect(answer).toEqual({ task: { owner: { username: person.username, displayName: person.username } } });
  });

  test("the private fields of that owner take their own scopes, and the rest is answered", async () => {
    const task = await client.create("owned");
    const query = `{ task(id: "${task.id}") { title owner { username email } } }`;
    const { data, errors } = await tokenOf(["tasks:read"]).holder.ask(query);
    expect(data).toEqual({ task: { title: "owned", owner: { username: person.username, email: null } } });
    expect(errors).toMatchObject([{ path: ["task", "owner", "email"], extensions: { code: "FORBIDDEN" } }]);
    expect((await tokenOf(["account:read", "tasks:read"]).holder.ask(query)).errors).toEqual([]);
  });

  test("the tasks of one's account take tasks:read too", async () => {
    const query = "{ me { username tasks { nodes { id } } } }";
    const { data, errors } = await tokenOf(["account:read"]).holder.ask(query);
    expect(data).toEqual({ me: { username: person.username, tasks: null } });
    expect(errors).toMatchObject([{ path: ["me", "tasks"], extensions: { code: "FORBIDDEN" } }]);
    expect((await tokenOf(["account:read", "tasks:read"]).holder.ask(query)).errors).toEqual([]);
  });

  test.each([
    ["shows more than it may", 'createTask(input: { title: "x" }) { task { list { tasks { nodes { id } } } } }'],
    [
      "shows it by a fragment",
      'createTask(input: { title: "x" }) { ...F } } fragment F on TaskPayload { task { list { tasks { totalCount } } }',
    ],
    ["shows the owner's tasks", 'createTask(input: { title: "x" }) { task { owner { tasks { nodes { id } } } } }'],
  ])("a mutation that %s is refused before anything is written", async (_, selection) => {
    const before = await possessions();
    const { data, errors } = await tokenOf(["tasks:write"]).holder.ask(`mutation { ${selection} }`);
    expect(data).toBeNull();
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
    expect(await possessions()).toEqual(before);
    expect((await tokenOf(["tasks:read", "tasks:write"]).holder.ask(`mutation { ${selection} }`)).errors).toEqual([]);
  });

  test("of two mutations, a forbidden one leaves the other undone too", async () => {
    const before = await possessions();
    const at = new Person(stack.users.url, accessTokens.get("account:read") as string, person.id, person.username);
    for (const asked of [tokenOf(["account:read"]).holder, at]) {
      const { errors } = await asked.ask(
        'mutation { a: createApiToken(input: { name: "x", scopes: ["tasks:read"] }) { token } logout { endedSessions } }',
      );
      expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(["FORBIDDEN"]));
    }
    expect(await possessions()).toEqual(before);
  });
});

describe("_entities", () => {
  const entities = (
    combination: readonly string[],
    subgraph: "users" | "tasks",
    typename: string,
    id: string,
    fields: string,
  ) =>
    routerCredential(stack.serviceKeyFile, subgraph).then((headers) =>
      new Person(stack[subgraph].url, accessTokens.get(keyOf(combination)) as string, person.id, person.username).ask(
        `query($r: [_Any!]!) { _entities(representations: $r) { ... on ${typename} { ${fields} } } }`,
        { r: [{ __typename: typename, id }] },
        { headers },
      ),
    );

  test.each(combinations.map((combination) => [keyOf(combination), combination] as const))(
    "with %s gives what its scopes allow",
    async (_, combination) => {
      const { task, list, user } = await furnish();
      const rows = [
        ["tasks", "Task", task, "title", "tasks:read"],
        ["tasks", "TaskList", list, "name", "tasks:read"],
        ["tasks", "User", user, "tasks { nodes { id } }", "tasks:read"],
        ["users", "User", user, "email", "account:read"],
        ["users", "User", user, "username displayName createdAt", "any"],
        ["users", "DataExport", user, "account", "session"],
        ["tasks", "DataExport", user, "lists tasks { totalCount }", "session"],
      ] as const;
      for (const [subgraph, typename, id, fields, scope] of rows) {
        const isAllowed = scope === "any" || combination.some((each) => each === scope);
        const answer = await entities(combination, subgraph, typename, id, fields);
        expect(codesOf(answer), `${typename} ${fields}`).toEqual(isAllowed ? [] : ["FORBIDDEN"]);
      }
    },
  );
});

describe("the REST doorway", () => {
  const rest = (combination: readonly string[], method: string, path: string, body?: object) =>
    fetch(`${stack.router.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokenOf(combination).token}`,
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });

  const rows: [string, string, "tasks:read" | "tasks:write" | null, (named: Named) => string, object?][] = [
    ["GET", "/tasks", "tasks:read", () => "/tasks"],
    ["GET", "/tasks/{id}", "tasks:read", ({ task }) => `/tasks/${task}`],
    ["POST", "/tasks", "tasks:write", () => "/tasks", { title: "by rest" }],
    ["PATCH", "/tasks/{id}", "tasks:write", ({ task }) => `/tasks/${task}`, { title: "changed" }],
    ["DELETE", "/tasks/{id}", "tasks:write", ({ task }) => `/tasks/${task}`],
    ["POST", "/tasks/{id}/restore", "tasks:write", ({ task }) => `/tasks/${task}/restore`],
    ["GET", "/lists", "tasks:read", () => "/lists"],
    ["GET", "/lists/{id}", "tasks:read", ({ list }) => `/lists/${list}`],
    ["POST", "/lists", "tasks:write", () => "/lists", { name: "by rest" }],
    ["GET", "/export", null, () => "/export"],
    ["POST", "/login", null, () => "/login", { username: neverRegistered, password: "correct horse" }],
    ["POST", "/register", null, () => "/register", { username: neverRegistered, password: "correct horse" }],
  ];

  test("has a row for each of its operations", async () => {
    const { paths } = (await (await fetch(`${stack.router.url}/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(rows.map(([method, path]) => `${method} ${path}`).sort()).toEqual(operations.sort());
  });

  test.each(rows)(
    "%s %s is a 403 problem without its scope, and changes nothing then",
    async (method, _, scope, path, body) => {
      const things = await furnish();
      const before = await possessions();
      for (const combination of combinations.filter((each) => scope === null || !each.includes(scope))) {
        const answer = await rest(combination, method, path(things), body);
        expect(answer.status, keyOf(combination)).toBe(403);
        expect(answer.headers.get("content-type")).toContain("application/problem+json");
        expect(await answer.json()).toMatchObject({ status: 403, code: "FORBIDDEN" });
      }
      expect(await possessions()).toEqual(before);
      for (const combination of combinations.filter((each) => scope !== null && each.includes(scope)))
        expect((await rest(combination, method, path(things), body)).status, keyOf(combination)).toBeLessThan(300);
    },
  );
});
