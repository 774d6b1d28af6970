/** The things of one person that the operations below name. */
export interface Named {
  readonly user: string;
  readonly task: string;
  readonly list: string;
  readonly session: string;
  readonly apiToken: string;
}

export interface RootField {
  readonly subgraph: "users" | "tasks";
  /** The scope by which API tokens may have it; null for sign-ins only. */
  readonly scope: "tasks:read" | "tasks:write" | "account:read" | null;
  readonly operation: (named: Named) => string;
}

const of = (subgraph: RootField["subgraph"], scope: RootField["scope"], operation: (named: Named) => string) => ({
  ...{ subgraph, scope, operation },
});
const read = (selection: (named: Named) => string) => of("tasks", "tasks:read", (named) => `{ ${selection(named)} }`);
const write = (selection: (named: Named) => string) =>
  of("tasks", "tasks:write", (named) => `mutation { ${selection(named)} }`);
const readAccount = (selection: (named: Named) => string) =>
  of("users", "account:read", (named) => `{ ${selection(named)} }`);
const signedIn = (operation: (named: Named) => string) => of("users", null, operation);

export const neverRegistered = "never-registered";

/**
 * Every field of Query and Mutation, with what it takes of an API token. A new one gets a line here and `@access` in its
 * schema, or a line with `signedIn` when it is nothing for programs.
 */
export const rootFields: Readonly<Record<string, RootField>> = {
  "Query.me": readAccount(() => "me { id username displayName email createdAt }"),
  "Query.user": readAccount(({ user }) => `user(id: "${user}") { id username }`),
  "Query.sessions": signedIn(() => "{ sessions { id } }"),
  "Query.apiTokens": signedIn(() => "{ apiTokens { id } }"),
  "Query.securityEvents": signedIn(() => "{ securityEvents { nodes { id } } }"),
  "Query.exportMyData": signedIn(() => "{ exportMyData { account } }"),
  "Query.task": read(({ task }) => `task(id: "${task}") { id title list { id } }`),
  "Query.tasks": read(() => "tasks { totalCount nodes { id title } }"),
  "Query.taskLists": read(() => "taskLists { id counts { open } tasks { nodes { id } } }"),
  "Query.taskList": read(({ list }) => `taskList(id: "${list}") { id name }`),
  "Mutation.createTask": write(() => 'createTask(input: { title: "x" }) { task { id title list { name } } }'),
  "Mutation.updateTask": write(({ task }) => `updateTask(input: { id: "${task}", title: "y" }) { task { title } }`),
  "Mutation.moveTask": write(
    ({ task, list }) => `moveTask(input: { id: "${task}", listId: "${list}" }) { task { id } }`,
  ),
  "Mutation.deleteTask": write(({ task }) => `deleteTask(input: { id: "${task}" }) { task { deletedAt } }`),
  "Mutation.restoreTask": write(({ task }) => `restoreTask(input: { id: "${task}" }) { task { deletedAt } }`),
  "Mutation.purgeTask": write(({ task }) => `purgeTask(input: { id: "${task}" }) { purgedId }`),
  "Mutation.emptyTrash": write(() => "emptyTrash { purgedCount remaining }"),
  "Mutation.updateTasks": write(
    ({ task }) =>
      `updateTasks(input: { ids: ["${task}"], addTags: ["z"] }) { results { task { tags } error { code } } }`,
  ),
  "Mutation.createTaskList": write(() => 'createTaskList(input: { name: "l" }) { taskList { id counts { open } } }'),
  "Mutation.updateTaskList": write(
    ({ list }) => `updateTaskList(input: { id: "${list}", name: "m" }) { taskList { name } }`,
  ),
  "Mutation.deleteTaskList": write(
    ({ list }) => `deleteTaskList(input: { id: "${list}", tasks: TRASH }) { deletedId affectedTasks }`,
  ),
  "Mutation.register": signedIn(
    () => `mutation { register(input: { username: "${neverRegistered}", password: "correct horse" }) { user { id } } }`,
  ),
  "Mutation.login": signedIn(
    () => `mutation { login(input: { username: "${neverRegistered}", password: "correct horse" }) { user { id } } }`,
  ),
  "Mutation.refreshSession": signedIn(() => "mutation { refreshSession { accessToken } }"),
  "Mutation.logout": signedIn(() => "mutation { logout { endedSessions } }"),
  "Mutation.logoutEverywhere": signedIn(() => "mutation { logoutEverywhere { endedSessions } }"),
  "Mutation.endSession": signedIn(({ session }) => `mutation { endSession(input: { id: "${session}" }) { endedId } }`),
  "Mutation.updateProfile": signedIn(
    () => 'mutation { updateProfile(input: { displayName: "Nobody" }) { user { id displayName } } }',
  ),
  "Mutation.changePassword": signedIn(
    () =>
      'mutation { changePassword(input: { currentPassword: "correct horse", newPassword: "battery staple" }) { endedSessions } }',
  ),
  "Mutation.requestPasswordReset": signedIn(
    () => 'mutation { requestPasswordReset(input: { email: "nobody@example.com" }) { accepted } }',
  ),
  "Mutation.resetPassword": signedIn(
    () => 'mutation { resetPassword(input: { token: "tpr_", newPassword: "battery staple" }) { endedSessions } }',
  ),
  "Mutation.deleteAccount": signedIn(
    () => 'mutation { deleteAccount(input: { password: "correct horse" }) { deletedId } }',
  ),
  "Mutation.createApiToken": signedIn(
    () => 'mutation { createApiToken(input: { name: "more", scopes: ["tasks:write"] }) { token } }',
  ),
  "Mutation.revokeApiToken": signedIn(
    ({ apiToken }) => `mutation { revokeApiToken(input: { id: "${apiToken}" }) { revokedId } }`,
  ),
};
