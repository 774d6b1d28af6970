import type { AskedFor } from "../overload/people.ts";
import type { Account } from "./accounts.ts";
import { dueFrom, searches } from "./synthetic-tasks.ts";

export const workloadNames = [
  "list",
  "filter",
  "search-common",
  "search-uncommon",
  "search-rare",
  "create",
  "update",
  "login",
] as const;
export type WorkloadName = (typeof workloadNames)[number];

/** A request of the load: without a body it is a GET. */
export type Asked = Omit<AskedFor, "body"> & { readonly path: string; readonly body?: string };

/** What a person does, and how it is asked for of the product and of the service in its place. */
export interface Workload {
  readonly name: WorkloadName;
  readonly about: string;
  /** Whether it asks for a page, and changes nothing: the answers of both have to be the same then. */
  readonly isPage: boolean;
  /** How many are on their way when as many are sent as are answered. */
  readonly inFlight: number;
  product(account: Account, n: number): Asked;
  express(account: Account, n: number): Asked;
}

const inFlight = 16;
/** A password's hash keeps a processor busy: with more at a time they would only wait for each other, until it is too late. */
const loginsInFlight = 4;

const task = "id title completed priority dueDate owner { id username displayName }";
const page = `edges { cursor node { ${task} } } pageInfo { hasNextPage endCursor }`;
const pageQuery = `query Page($after: String, $filter: TaskFilter, $orderBy: TaskOrder) {
  tasks(first: 20, after: $after, filter: $filter, orderBy: $orderBy) { ${page} }
}`;

const create = `mutation($input: CreateTaskInput!) { createTask(input: $input) { task { ${task} } } }`;
const update = `mutation($input: UpdateTaskInput!) { updateTask(input: $input) { task { ${task} } } }`;
const login = "mutation($input: LoginInput!) { login(input: $input) { accessToken refreshToken user { id } } }";

const authorized = ({ token }: Account) => ({ authorization: `Bearer ${token}` });

const credentials = ({ username, password }: Account) => ({ username, password });

function post(path: string, body: object, headers: Asked["headers"] = {}): Asked {
  return { path, headers, body: JSON.stringify(body) };
}

function graphql(account: Account, query: string, variables: object): Asked {
  return post("/graphql", { query, variables }, authorized(account));
}

function get(account: Account, query: Readonly<Record<string, string>>): Asked {
  return { path: `/tasks?${new URLSearchParams({ first: "20", ...query })}`, headers: authorized(account) };
}

const placeOf = ({ places }: Account, n: number) => places[n % places.length] as Account["places"][number];

const newTask = ({ listId }: Account, n: number) => ({ title: `Comprar pan ${n}`, listId });

/** Another for the same place each time: an update to what is there already would write nothing. */
const titleOf = (n: number) => `Comprar pan, ${n}`;

const search = (kind: keyof typeof searches, about: string): Workload => ({
  ...{ name: `search-${kind}`, about, isPage: true, inFlight },
  product: (account, n) => graphql(account, pageQuery, { filter: { text: searches[kind](n) } }),
  express: (account, n) => get(account, { text: searches[kind](n) }),
});

export const workloads: readonly Workload[] = [
  {
    ...{ name: "list", about: "20 tasks with their owner, from anywhere in the list", isPage: true, inFlight },
    product: (account, n) => graphql(account, pageQuery, { after: placeOf(account, n).cursor }),
    express: (account, n) => get(account, { after: placeOf(account, n).cursor }),
  },
  {
    ...{
      name: "filter",
      about: "open tasks of high priority from a day on, by their due date",
      isPage: true,
      inFlight,
    },
    product: (account, n) =>
      graphql(account, pageQuery, {
        filter: { completed: false, priority: ["HIGH", "URGENT"], dueFrom: dueFrom(n) },
        orderBy: { field: "DUE_DATE" },
      }),
    express: (account, n) =>
      get(account, { completed: "false", priority: "HIGH,URGENT", dueFrom: dueFrom(n), orderBy: "DUE_DATE" }),
  },
  search("common", "two words that one task in 35 has"),
  search("uncommon", "a word that one task in 500 has"),
  search("rare", "a word that twelve tasks have"),
  {
    ...{ name: "create", about: "a task in a list", isPage: false, inFlight },
    product: (account, n) => graphql(account, create, { input: newTask(account, n) }),
    express: (account, n) => post("/tasks", newTask(account, n), authorized(account)),
  },
  {
    ...{ name: "update", about: "another title for a task", isPage: false, inFlight },
    product: (account, n) => graphql(account, update, { input: { id: placeOf(account, n).id, title: titleOf(n) } }),
    express: (account, n) => post(`/tasks/${placeOf(account, n).id}`, { title: titleOf(n) }, authorized(account)),
  },
  {
    ...{ name: "login", about: "by name and password", isPage: false, inFlight: loginsInFlight },
    product: (account) => post("/graphql", { query: login, variables: { input: credentials(account) } }),
    express: (account) => post("/login", credentials(account)),
  },
];
