import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery, type IntrospectionQuery } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TaskClient } from "../subgraphs/tasks/test/support/task-client.ts";
import { newApiToken } from "./support/api-token.ts";
import { Person, send } from "./support/person.ts";
import { routerCredential } from "./support/router-credential.ts";
import { attackSurface, selectEverything } from "./support/schema-attack-surface.ts";

// Mallory, who has an account, tries to reach what is Ana's in every way that the schema has for naming a thing.

/** The ids of somebody's things. */
interface Things {
  user: string;
  task: string;
  trashed: string;
  list: string;
  session: string;
  apiToken: string;
}

interface Attempt {
  readonly operation: string;
  readonly variables: object;
}

const secret = "ana-secret";
const nothing: Things = {
  user: "0123456789abcdef01234567",
  task: "0123456789abcdef01234568",
  trashed: "0123456789abcdef01234569",
  list: "0123456789abcdef0123456a",
  session: "01234567-89ab-4def-8123-456789abcdef",
  apiToken: "01234567-89ab-4def-8123-456789abcdee",
};

let stack: Stack;
let schema: GraphQLSchema;
let ana: TaskClient;
let mallory: TaskClient;
let annas: Things;
let own: Things;

async function furnish(client: TaskClient, mark: string): Promise<Things> {
  const list = await client.writeList("createTaskList", { name: `${mark} list` });
  const input = { listId: list.id, notes: `${mark} notes`, tags: [mark] };
  const task = await client.create(`${mark} title`, input);
  const trashed = await client.create(`${mark} trashed`, input);
  await client.write("deleteTask", { id: trashed.id });
  const { sessions } = await client.person.get<{ sessions: [{ id: string }] }>("{ sessions { id } }");
  const { id: apiToken } = await newApiToken(client.person, ["tasks:read"], { name: mark });
  const { id: user } = client.person;
  return { user, list: list.id, task: task.id, trashed: trashed.id, session: sessions[0].id, apiToken };
}

beforeAll(async () => {
  stack = await startStack();
  const { data } = await send<IntrospectionQuery>(stack.router.url, getIntrospectionQuery());
  schema = buildClientSchema(data);
  ana = new TaskClient(await Person.register(stack.router.url));
  mallory = new TaskClient(await Person.register(stack.router.url));
  annas = await furnish(ana, secret);
  own = await furnish(mallory, "own");
});
afterAll(() => stack[Symbol.asyncDispose]());

const everythingOfTask = () => selectEverything(schema, "Task", 3);
const everythingOfPage = () => selectEverything(schema, "TaskConnection", 4);

const mutation = (
  field: string,
  input: object,
  selection: string,
  type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`,
) => ({
  operation: `mutation($input: ${type}!) { ${field}(input: $input) ${selection} }`,
  variables: { input },
});
const taskMutation = (field: string, input: object) => mutation(field, input, `{ task ${everythingOfTask()} }`);
const listMutation = (field: string, input: object) =>
  mutation(field, input, `{ taskList ${selectEverything(schema, "TaskList", 3)} }`);
const query = (argument: string, field: string, selection: string, variables: object) => ({
  operation: `query${argument ? `(${argument})` : ""} { ${field} ${selection} }`,
  variables,
});
const bulk = (input: object) => mutation("updateTasks", input, selectEverything(schema, "UpdateTasksPayload", 4));

/** One row for each way: what Mallory sends, naming the things of somebody. */
const rows: Record<string, (theirs: Things) => Attempt> = {
  "Query.me()": () => query("", "me", "{ id username displayName email createdAt }", {}),
  "Query.user(id)": ({ user }) => query("$id: ID!", "user(id: $id)", "{ email tasks { nodes { id } } }", { id: user }),
  "Query.sessions()": () => query("", "sessions", selectEverything(schema, "Session", 1), {}),
  "Query.apiTokens()": () => query("", "apiTokens", selectEverything(schema, "ApiToken", 1), {}),
  "Query.exportMyData()": () => query("", "exportMyData", selectEverything(schema, "DataExport", 4), {}),
  "Query.securityEvents()": () =>
    query("", "securityEvents(first: 100)", selectEverything(schema, "SecurityEventConnection", 3), {}),
  "Query.task(id)": ({ task }) => query("$id: ID!", "task(id: $id)", everythingOfTask(), { id: task }),
  "Query.tasks(filter.listId)": ({ list }) =>
    query("$f: TaskFilter", "tasks(filter: $f)", everythingOfPage(), { f: { listId: list } }),
  "Query.taskLists()": () => query("", "taskLists", selectEverything(schema, "TaskList", 4), {}),
  "Query.taskList(id)": ({ list }) =>
    query("$id: ID!", "taskList(id: $id)", selectEverything(schema, "TaskList", 4), { id: list }),
  "TaskList.tasks(filter.listId)": ({ list }) =>
    query("$f: TaskFilter", "taskLists", `{ tasks(filter: $f) ${everythingOfPage()} }`, { f: { listId: list } }),
  "User.tasks(filter.listId)": ({ list }) =>
    query("$f: TaskFilter", "me", `{ tasks(filter: $f) ${everythingOfPage()} }`, { f: { listId: list } }),
  "Mutation.createTask(input.id)": ({ task }) => taskMutation("createTask", { id: task, title: "x" }),
  "Mutation.createTask(input.listId)": ({ list }) => taskMutation("createTask", { title: "x", listId: list }),
  "Mutation.updateTask(input.id)": ({ task }) =>
    taskMutation("updateTask", { id: task, title: "stolen", expectedVersion: 7 }),
  "Mutation.updateTask(input.listId)": ({ list }) => taskMutation("updateTask", { id: own.task, listId: list }),
  "Mutation.moveTask(input.id)": ({ task }) => taskMutation("moveTask", { id: task, listId: own.list }),
  "Mutation.moveTask(input.listId)": ({ list }) => taskMutation("moveTask", { id: own.task, listId: list }),
  "Mutation.moveTask(input.afterId)": ({ task }) => taskMutation("moveTask", { id: own.task, afterId: task }),
  "Mutation.moveTask(input.beforeId)": ({ task }) => taskMutation("moveTask", { id: own.task, beforeId: task }),
  "Mutation.deleteTask(input.id)": ({ task }) => taskMutation("deleteTask", { id: task }),
  "Mutation.restoreTask(input.id)": ({ trashed }) => taskMutation("restoreTask", { id: trashed }),
  "Mutation.purgeTask(input.id)": ({ trashed }) => mutation("purgeTask", { id: trashed }, "{ purgedId }"),
  "Mutation.emptyTrash()": () => ({ operation: "mutation { emptyTrash { purgedCount remaining } }", variables: {} }),
  "Mutation.updateTasks(input.ids)": ({ task, trashed }) =>
    bulk({ ids: [task, trashed], addTags: ["stolen"], trashed: false }),
  "Mutation.updateTasks(input.listId)": ({ list }) => bulk({ ids: [own.task], listId: list }),
  "Mutation.createTaskList(input.id)": ({ list }) => listMutation("createTaskList", { id: list, name: "x" }),
  "Mutation.updateTaskList(input.id)": ({ list }) => listMutation("updateTaskList", { id: list, name: "stolen" }),
  "Mutation.updateTaskList(input.afterId)": ({ list }) =>
    listMutation("updateTaskList", { id: own.list, afterId: list }),
  "Mutation.deleteTaskList(input.id)": ({ list }) =>
    mutation("deleteTaskList", { id: list, tasks: "MOVE", moveToListId: own.list }, "{ deletedId affectedTasks }"),
  "Mutation.deleteTaskList(input.moveToListId)": ({ list }) =>
    mutation("deleteTaskList", { id: own.list, tasks: "MOVE", moveToListId: list }, "{ deletedId affectedTasks }"),
  "Mutation.refreshSession()": () =>
    mutation("refreshSession", { refreshToken: `trt_${"x".repeat(43)}` }, "{ accessToken }"),
  "Mutation.logout()": () => ({ operation: "mutation { logout { endedSessions } }", variables: {} }),
  "Mutation.logoutEverywhere()": () => ({
    operation: "mutation { logoutEverywhere { endedSessions } }",
    variables: {},
  }),
  "Mutation.endSession(input.id)": ({ session }) => mutation("endSession", { id: session }, "{ endedId }"),
  "Mutation.updateProfile()": () =>
    mutation("updateProfile", { displayName: "own" }, "{ user { id displayName email } }"),
  "Mutation.changePassword()": () =>
    mutation("changePassword", { currentPassword: "a guess", newPassword: "another one" }, "{ endedSessions }"),
  "Mutation.createApiToken()": () =>
    mutation("createApiToken", { name: "own", scopes: ["tasks:read"] }, "{ apiToken { name } }"),
  "Mutation.revokeApiToken(input.id)": ({ apiToken }) => mutation("revokeApiToken", { id: apiToken }, "{ revokedId }"),
  "Mutation.deleteAccount()": () => mutation("deleteAccount", { password: "a guess" }, "{ deletedId }"),
  "Mutation.requestPasswordReset()": () =>
    mutation("requestPasswordReset", { email: "nobody@example.com" }, "{ accepted }"),
  "Mutation.resetPassword()": () =>
    mutation("resetPassword", { token: `tpr_${"x".repeat(43)}`, newPassword: "another one" }, "{ endedSessions }"),
  "Mutation.register()": () => ({
    operation: "mutation($input: RegisterInput!) { register(input: $input) { user { id tasks { nodes { id } } } } }",
    variables: { input: { username: ana.person.username, password: "correct horse" } },
  }),
  "Mutation.login()": () => ({
    operation: "mutation($input: LoginInput!) { login(input: $input) { accessToken } }",
    variables: { input: { username: ana.person.username, password: "wrong password" } },
  }),
};

/** All that Ana has, as she sees it. */
const possessions = async () => ({
  lists: await ana.lists(),
  tasks: (await ana.page({ first: 100 })).nodes,
  trash: (await ana.page({ first: 100, filter: { trashed: true } })).nodes,
  account: await ana.person.get("{ me { id username email } sessions { id createdAt } apiTokens { id name } }"),
});

/** These are for people who are not signed in. */
const forAnybody = ["register", "login", "requestPasswordReset", "resetPassword"].map((name) => `Mutation.${name}()`);

/** After these the one who sent them has no session any more. */
const endsOwnSession = ["Mutation.logout()", "Mutation.logoutEverywhere()"];

const withoutIds = (answer: unknown, things: Things) =>
  Object.values(things).reduce((text, id) => text.replaceAll(id, "<id>"), JSON.stringify(answer));

test("there is a row for every way to name a thing in the schema", () => {
  expect(Object.keys(rows).sort()).toEqual(attackSurface(schema).sort());
});

describe.each(Object.keys(rows))("%s", (name) => {
  const attempt = (theirs: Things) => (rows[name] as (theirs: Things) => Attempt)(theirs);

  test("shows nothing of Ana's, changes nothing, and does not tell whether it exists", async () => {
    const before = await possessions();
    const { operation, variables } = attempt(annas);
    const attacker = endsOwnSession.includes(name) ? await Person.register(stack.router.url) : mallory.person;
    const answer = await attacker.ask(operation, variables);
    expect(JSON.stringify(answer)).not.toContain(secret);
    expect(await possessions()).toEqual(before);
    const named = /\((.+)\)/.test(name) && name !== "Query.user(id)";
    if (!named) return;
    const control = attempt(nothing);
    const unknown = await mallory.person.ask(control.operation, control.variables);
    expect(withoutIds(answer, annas)).toBe(withoutIds(unknown, nothing));
  });

  test("answers UNAUTHENTICATED, or nothing, to somebody without a token", async () => {
    if (forAnybody.includes(name)) return;
    const { operation, variables } = attempt(annas);
    const { data, errors } = await send<Record<string, unknown> | null>(stack.router.url, operation, variables);
    expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
    if (name.startsWith("User.") || name === "Query.me()") return;
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(["UNAUTHENTICATED"]));
  });
});

test("everything that Mallory can reach from her own account is hers", async () => {
  for (const root of ["me", "taskLists", "tasks"]) {
    const type = { me: "User", taskLists: "TaskList", tasks: "TaskConnection" }[root] as string;
    const answer = await mallory.person.ask(`{ ${root} ${selectEverything(schema, type, 4)} }`);
    expect(JSON.stringify(answer)).not.toContain(annas.task);
    expect(JSON.stringify(answer)).not.toContain(annas.user);
  }
});

test("a cursor of Ana's leads nowhere but among one's own", async () => {
  const cursor = (await ana.page()).edges[0]?.cursor;
  const page = await mallory.page({ after: cursor });
  expect(page.nodes.every((task) => task.owner.id === mallory.person.id)).toBe(true);
});

describe("_entities", () => {
  const entities = `query($r: [_Any!]!) { _entities(representations: $r) { __typename
    ... on Task { id title owner { id } } ... on TaskList { id name } ... on User { id tasks { nodes { title } } } } }`;

  test.each(["_entities(representations: []) { __typename }", "_service { sdl }"])(
    "%s is not there for clients of the router",
    async (field) => {
      const { data, errors } = await mallory.person.ask(`{ ${field} }`);
      expect(data).toBeUndefined();
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
    },
  );

  test("at the subgraph itself gives nothing of another's, and does not tell whether it exists", async () => {
    const at = mallory.person.at(stack.tasks.url);
    const headers = await routerCredential(stack.serviceKeyFile, "tasks");
    const ask = ({ task, list, user }: Things) => {
      const r = [
        { __typename: "Task", id: task },
        { __typename: "TaskList", id: list },
        { __typename: "User", id: user },
      ];
      return at.ask(entities, { r }, { headers });
    };
    const answer = await ask(annas);
    expect(answer.data).toEqual({ _entities: [null, null, { __typename: "User", id: annas.user, tasks: null }] });
    expect(withoutIds(answer, annas)).toBe(withoutIds(await ask(nothing), nothing));
  });

  test.each(["users", "tasks"] as const)("of an export at the %s subgraph gives nothing of another's", async (name) => {
    const part = { users: "account", tasks: "lists tasks { nodes { title } }" }[name];
    const { data, errors } = await mallory.person
      .at(stack[name].url)
      .ask(
        `query($r: [_Any!]!) { _entities(representations: $r) { ... on DataExport { id ${part} } } }`,
        { r: [{ __typename: "DataExport", id: annas.user }] },
        { headers: await routerCredential(stack.serviceKeyFile, name) },
      );
    expect(JSON.stringify({ data, errors })).not.toContain(secret);
    expect(JSON.stringify(data)).not.toContain(annas.user);
    expect(JSON.stringify(data)).not.toContain(ana.person.username);
  });

  test("of a user at the users subgraph gives no private field of another's", async () => {
    const at = mallory.person.at(stack.users.url);
    const { data } = await at.ask(
      "query($r: [_Any!]!) { _entities(representations: $r) { ... on User { username email } } }",
      { r: [{ __typename: "User", id: annas.user }] },
      { headers: await routerCredential(stack.serviceKeyFile, "users") },
    );
    expect(data).toEqual({ _entities: [{ username: ana.person.username, email: null }] });
  });
});

describe("the REST doorway", () => {
  interface RestAttempt {
    readonly path: string;
    readonly body?: object;
  }

  /** One row for each operation of the OpenAPI document. */
  const restRows: Record<string, (theirs: Things) => RestAttempt[]> = {
    "POST /register": () => [{ path: "/register", body: { username: ana.person.username, password: "correct horse" } }],
    "POST /login": () => [{ path: "/login", body: { username: ana.person.username, password: "wrong password" } }],
    "GET /export": () => [{ path: "/export" }],
    "GET /lists": () => [{ path: "/lists" }],
    "POST /lists": () => [{ path: "/lists", body: { name: "another" } }],
    "GET /lists/{id}": ({ list }) => [{ path: `/lists/${list}` }],
    "GET /tasks": ({ list }) => [{ path: `/tasks?listId=${list}` }, { path: `/tasks?listId=${list}&trashed=true` }],
    "POST /tasks": ({ list }) => [{ path: "/tasks", body: { title: "x", listId: list } }],
    "GET /tasks/{id}": ({ task, trashed }) => [{ path: `/tasks/${task}` }, { path: `/tasks/${trashed}` }],
    "PATCH /tasks/{id}": ({ task, list }) => [
      { path: `/tasks/${task}`, body: { title: "stolen" } },
      { path: `/tasks/${task}`, body: { title: "stolen", expectedVersion: 7 } },
      { path: `/tasks/${own.task}`, body: { listId: list } },
    ],
    "DELETE /tasks/{id}": ({ task }) => [{ path: `/tasks/${task}` }],
    "POST /tasks/{id}/restore": ({ trashed }) => [{ path: `/tasks/${trashed}/restore` }],
  };

  const rest = async (method: string, { path, body }: RestAttempt, token = mallory.person.token) => {
    const headers = { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) };
    const answer = await fetch(`${stack.router.url}${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  test("has a row for each of its operations", async () => {
    const { body } = await rest("GET", { path: "/openapi.json" });
    const operations = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(Object.keys(restRows).sort()).toEqual(operations.sort());
  });

  test.each(Object.keys(restRows))("%s shows and changes nothing of Ana's", async (operation) => {
    const method = operation.split(" ")[0] as string;
    const before = await possessions();
    const attempts = (restRows[operation] as (theirs: Things) => RestAttempt[])(annas);
    const controls = (restRows[operation] as (theirs: Things) => RestAttempt[])(nothing);
    for (const [i, attempt] of attempts.entries()) {
      const answer = await rest(method, attempt);
      expect(JSON.stringify(answer)).not.toContain(secret);
      const control = await rest(method, controls[i] as RestAttempt);
      const comparable = ({ status, body: { requestId: _, ...body } }: typeof answer, things: Things) =>
        withoutIds({ status, body: ["/lists", "/export"].includes(attempt.path) ? "one's own" : body }, things);
      expect(comparable(answer, annas)).toBe(comparable(control, nothing));
    }
    expect(await possessions()).toEqual(before);
  });
});
