/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment SecurityEventRow on SecurityEvent {\n    id\n    type\n    at\n    address\n    device\n    detail\n    count\n  }\n": typeof types.SecurityEventRowFragmentDoc,
    "\n  query SecurityEvents($first: Int!) {\n    securityEvents(first: $first) { nodes { ...SecurityEventRow } pageInfo { hasNextPage } }\n  }\n": typeof types.SecurityEventsDocument,
    "\n  mutation CreateApiToken($input: CreateApiTokenInput!) {\n    createApiToken(input: $input) { token apiToken { id } }\n  }\n": typeof types.CreateApiTokenDocument,
    "\n  fragment ApiTokenRow on ApiToken {\n    id\n    name\n    scopes\n    expiresAt\n    lastUsedAt\n  }\n": typeof types.ApiTokenRowFragmentDoc,
    "\n  query ApiTokens {\n    apiTokens { ...ApiTokenRow }\n  }\n": typeof types.ApiTokensDocument,
    "\n  mutation RevokeApiToken($id: ID!) {\n    revokeApiToken(input: { id: $id }) { revokedId }\n  }\n": typeof types.RevokeApiTokenDocument,
    "\n  mutation DeleteAccount($password: String!) {\n    deleteAccount(input: { password: $password }) { deletedId }\n  }\n": typeof types.DeleteAccountDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) { endedSessions }\n  }\n": typeof types.ChangePasswordDocument,
    "\n  query Profile {\n    me { id username displayName email }\n  }\n": typeof types.ProfileDocument,
    "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) { user { id username displayName email } }\n  }\n": typeof types.UpdateProfileDocument,
    "\n  fragment SessionRow on Session {\n    id\n    device\n    address\n    lastUsedAt\n    current\n  }\n": typeof types.SessionRowFragmentDoc,
    "\n  query Sessions {\n    sessions { ...SessionRow }\n  }\n": typeof types.SessionsDocument,
    "\n  mutation EndSession($id: ID!) {\n    endSession(input: { id: $id }) { endedId }\n  }\n": typeof types.EndSessionDocument,
    "\n  mutation LogoutEverywhere {\n    logoutEverywhere { endedSessions }\n  }\n": typeof types.LogoutEverywhereDocument,
    "\n  fragment TaskRecord on Task {\n    id\n    title\n    notes\n    completed\n    completedAt\n    priority\n    dueDate\n    tags\n    position\n    version\n    createdAt\n    updatedAt\n    deletedAt\n    list { id name }\n  }\n": typeof types.TaskRecordFragmentDoc,
    "\n  fragment ListRecord on TaskList {\n    id\n    name\n    color\n    isDefault\n    position\n    version\n    counts { open completed trashed }\n  }\n": typeof types.ListRecordFragmentDoc,
    "\n    mutation CreateTask($input: CreateTaskInput!) { result: createTask(input: $input) { task { ...TaskRecord } } }\n  ": typeof types.CreateTaskDocument,
    "\n    mutation UpdateTask($input: UpdateTaskInput!) { result: updateTask(input: $input) { task { ...TaskRecord } } }\n  ": typeof types.UpdateTaskDocument,
    "\n    mutation MoveTask($input: MoveTaskInput!) { result: moveTask(input: $input) { task { ...TaskRecord } } }\n  ": typeof types.MoveTaskDocument,
    "\n    mutation DeleteTask($input: DeleteTaskInput!) { result: deleteTask(input: $input) { task { ...TaskRecord } } }\n  ": typeof types.DeleteTaskDocument,
    "\n    mutation RestoreTask($input: RestoreTaskInput!) { result: restoreTask(input: $input) { task { ...TaskRecord } } }\n  ": typeof types.RestoreTaskDocument,
    "\n    mutation PurgeTask($input: PurgeTaskInput!) { result: purgeTask(input: $input) { purgedId } }\n  ": typeof types.PurgeTaskDocument,
    "\n    mutation EmptyTrash { result: emptyTrash { remaining } }\n  ": typeof types.EmptyTrashDocument,
    "\n    mutation UpdateTasks($input: UpdateTasksInput!) {\n      result: updateTasks(input: $input) { results { id task { ...TaskRecord } error { code } } }\n    }\n  ": typeof types.UpdateTasksDocument,
    "\n    mutation CreateTaskList($input: CreateTaskListInput!) {\n      result: createTaskList(input: $input) { taskList { ...ListRecord } }\n    }\n  ": typeof types.CreateTaskListDocument,
    "\n    mutation UpdateTaskList($input: UpdateTaskListInput!) {\n      result: updateTaskList(input: $input) { taskList { ...ListRecord } }\n    }\n  ": typeof types.UpdateTaskListDocument,
    "\n    mutation DeleteTaskList($input: DeleteTaskListInput!) {\n      result: deleteTaskList(input: $input) { deletedId }\n    }\n  ": typeof types.DeleteTaskListDocument,
    "\n  query CurrentTask($id: ID!) { task(id: $id) { ...TaskRecord } }\n": typeof types.CurrentTaskDocument,
    "\n  fragment TaskRow on Task {\n    id\n    title\n    notes\n    completed\n    priority\n    dueDate\n    tags\n    deletedAt\n    list { id name }\n  }\n": typeof types.TaskRowFragmentDoc,
    "\n  query Tasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder) {\n    tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { id ...TaskRow ...TaskRecord } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.TasksDocument,
    "\n  query ListedTasks($filter: TaskFilter, $orderBy: TaskOrder) {\n    tasks(filter: $filter, orderBy: $orderBy) {\n      ids @client\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.ListedTasksDocument,
    "\n  query Overview($today: TaskFilter!, $upcoming: TaskFilter!, $overdue: TaskFilter!, $byDueDate: TaskOrder) {\n    me { id displayName }\n    taskLists { id ...ListRecord ...ListLink }\n    today: tasks(first: 0, filter: $today, orderBy: $byDueDate) { totalCount }\n    upcoming: tasks(first: 0, filter: $upcoming, orderBy: $byDueDate) { totalCount }\n    overdue: tasks(first: 0, filter: $overdue, orderBy: $byDueDate) { totalCount }\n  }\n": typeof types.OverviewDocument,
    "\n  fragment ListLink on TaskList {\n    id\n    name\n    color\n    isDefault\n    counts { open completed trashed }\n  }\n": typeof types.ListLinkFragmentDoc,
};
const documents: Documents = {
    "\n  fragment SecurityEventRow on SecurityEvent {\n    id\n    type\n    at\n    address\n    device\n    detail\n    count\n  }\n": types.SecurityEventRowFragmentDoc,
    "\n  query SecurityEvents($first: Int!) {\n    securityEvents(first: $first) { nodes { ...SecurityEventRow } pageInfo { hasNextPage } }\n  }\n": types.SecurityEventsDocument,
    "\n  mutation CreateApiToken($input: CreateApiTokenInput!) {\n    createApiToken(input: $input) { token apiToken { id } }\n  }\n": types.CreateApiTokenDocument,
    "\n  fragment ApiTokenRow on ApiToken {\n    id\n    name\n    scopes\n    expiresAt\n    lastUsedAt\n  }\n": types.ApiTokenRowFragmentDoc,
    "\n  query ApiTokens {\n    apiTokens { ...ApiTokenRow }\n  }\n": types.ApiTokensDocument,
    "\n  mutation RevokeApiToken($id: ID!) {\n    revokeApiToken(input: { id: $id }) { revokedId }\n  }\n": types.RevokeApiTokenDocument,
    "\n  mutation DeleteAccount($password: String!) {\n    deleteAccount(input: { password: $password }) { deletedId }\n  }\n": types.DeleteAccountDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) { endedSessions }\n  }\n": types.ChangePasswordDocument,
    "\n  query Profile {\n    me { id username displayName email }\n  }\n": types.ProfileDocument,
    "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) { user { id username displayName email } }\n  }\n": types.UpdateProfileDocument,
    "\n  fragment SessionRow on Session {\n    id\n    device\n    address\n    lastUsedAt\n    current\n  }\n": types.SessionRowFragmentDoc,
    "\n  query Sessions {\n    sessions { ...SessionRow }\n  }\n": types.SessionsDocument,
    "\n  mutation EndSession($id: ID!) {\n    endSession(input: { id: $id }) { endedId }\n  }\n": types.EndSessionDocument,
    "\n  mutation LogoutEverywhere {\n    logoutEverywhere { endedSessions }\n  }\n": types.LogoutEverywhereDocument,
    "\n  fragment TaskRecord on Task {\n    id\n    title\n    notes\n    completed\n    completedAt\n    priority\n    dueDate\n    tags\n    position\n    version\n    createdAt\n    updatedAt\n    deletedAt\n    list { id name }\n  }\n": types.TaskRecordFragmentDoc,
    "\n  fragment ListRecord on TaskList {\n    id\n    name\n    color\n    isDefault\n    position\n    version\n    counts { open completed trashed }\n  }\n": types.ListRecordFragmentDoc,
    "\n    mutation CreateTask($input: CreateTaskInput!) { result: createTask(input: $input) { task { ...TaskRecord } } }\n  ": types.CreateTaskDocument,
    "\n    mutation UpdateTask($input: UpdateTaskInput!) { result: updateTask(input: $input) { task { ...TaskRecord } } }\n  ": types.UpdateTaskDocument,
    "\n    mutation MoveTask($input: MoveTaskInput!) { result: moveTask(input: $input) { task { ...TaskRecord } } }\n  ": types.MoveTaskDocument,
    "\n    mutation DeleteTask($input: DeleteTaskInput!) { result: deleteTask(input: $input) { task { ...TaskRecord } } }\n  ": types.DeleteTaskDocument,
    "\n    mutation RestoreTask($input: RestoreTaskInput!) { result: restoreTask(input: $input) { task { ...TaskRecord } } }\n  ": types.RestoreTaskDocument,
    "\n    mutation PurgeTask($input: PurgeTaskInput!) { result: purgeTask(input: $input) { purgedId } }\n  ": types.PurgeTaskDocument,
    "\n    mutation EmptyTrash { result: emptyTrash { remaining } }\n  ": types.EmptyTrashDocument,
    "\n    mutation UpdateTasks($input: UpdateTasksInput!) {\n      result: updateTasks(input: $input) { results { id task { ...TaskRecord } error { code } } }\n    }\n  ": types.UpdateTasksDocument,
    "\n    mutation CreateTaskList($input: CreateTaskListInput!) {\n      result: createTaskList(input: $input) { taskList { ...ListRecord } }\n    }\n  ": types.CreateTaskListDocument,
    "\n    mutation UpdateTaskList($input: UpdateTaskListInput!) {\n      result: updateTaskList(input: $input) { taskList { ...ListRecord } }\n    }\n  ": types.UpdateTaskListDocument,
    "\n    mutation DeleteTaskList($input: DeleteTaskListInput!) {\n      result: deleteTaskList(input: $input) { deletedId }\n    }\n  ": types.DeleteTaskListDocument,
    "\n  query CurrentTask($id: ID!) { task(id: $id) { ...TaskRecord } }\n": types.CurrentTaskDocument,
    "\n  fragment TaskRow on Task {\n    id\n    title\n    notes\n    completed\n    priority\n    dueDate\n    tags\n    deletedAt\n    list { id name }\n  }\n": types.TaskRowFragmentDoc,
    "\n  query Tasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder) {\n    tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { id ...TaskRow ...TaskRecord } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.TasksDocument,
    "\n  query ListedTasks($filter: TaskFilter, $orderBy: TaskOrder) {\n    tasks(filter: $filter, orderBy: $orderBy) {\n      ids @client\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.ListedTasksDocument,
    "\n  query Overview($today: TaskFilter!, $upcoming: TaskFilter!, $overdue: TaskFilter!, $byDueDate: TaskOrder) {\n    me { id displayName }\n    taskLists { id ...ListRecord ...ListLink }\n    today: tasks(first: 0, filter: $today, orderBy: $byDueDate) { totalCount }\n    upcoming: tasks(first: 0, filter: $upcoming, orderBy: $byDueDate) { totalCount }\n    overdue: tasks(first: 0, filter: $overdue, orderBy: $byDueDate) { totalCount }\n  }\n": types.OverviewDocument,
    "\n  fragment ListLink on TaskList {\n    id\n    name\n    color\n    isDefault\n    counts { open completed trashed }\n  }\n": types.ListLinkFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SecurityEventRow on SecurityEvent {\n    id\n    type\n    at\n    address\n    device\n    detail\n    count\n  }\n"): (typeof documents)["\n  fragment SecurityEventRow on SecurityEvent {\n    id\n    type\n    at\n    address\n    device\n    detail\n    count\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SecurityEvents($first: Int!) {\n    securityEvents(first: $first) { nodes { ...SecurityEventRow } pageInfo { hasNextPage } }\n  }\n"): (typeof documents)["\n  query SecurityEvents($first: Int!) {\n    securityEvents(first: $first) { nodes { ...SecurityEventRow } pageInfo { hasNextPage } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateApiToken($input: CreateApiTokenInput!) {\n    createApiToken(input: $input) { token apiToken { id } }\n  }\n"): (typeof documents)["\n  mutation CreateApiToken($input: CreateApiTokenInput!) {\n    createApiToken(input: $input) { token apiToken { id } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ApiTokenRow on ApiToken {\n    id\n    name\n    scopes\n    expiresAt\n    lastUsedAt\n  }\n"): (typeof documents)["\n  fragment ApiTokenRow on ApiToken {\n    id\n    name\n    scopes\n    expiresAt\n    lastUsedAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ApiTokens {\n    apiTokens { ...ApiTokenRow }\n  }\n"): (typeof documents)["\n  query ApiTokens {\n    apiTokens { ...ApiTokenRow }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeApiToken($id: ID!) {\n    revokeApiToken(input: { id: $id }) { revokedId }\n  }\n"): (typeof documents)["\n  mutation RevokeApiToken($id: ID!) {\n    revokeApiToken(input: { id: $id }) { revokedId }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteAccount($password: String!) {\n    deleteAccount(input: { password: $password }) { deletedId }\n  }\n"): (typeof documents)["\n  mutation DeleteAccount($password: String!) {\n    deleteAccount(input: { password: $password }) { deletedId }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) { endedSessions }\n  }\n"): (typeof documents)["\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) { endedSessions }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Profile {\n    me { id username displayName email }\n  }\n"): (typeof documents)["\n  query Profile {\n    me { id username displayName email }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) { user { id username displayName email } }\n  }\n"): (typeof documents)["\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) { user { id username displayName email } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SessionRow on Session {\n    id\n    device\n    address\n    lastUsedAt\n    current\n  }\n"): (typeof documents)["\n  fragment SessionRow on Session {\n    id\n    device\n    address\n    lastUsedAt\n    current\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Sessions {\n    sessions { ...SessionRow }\n  }\n"): (typeof documents)["\n  query Sessions {\n    sessions { ...SessionRow }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndSession($id: ID!) {\n    endSession(input: { id: $id }) { endedId }\n  }\n"): (typeof documents)["\n  mutation EndSession($id: ID!) {\n    endSession(input: { id: $id }) { endedId }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LogoutEverywhere {\n    logoutEverywhere { endedSessions }\n  }\n"): (typeof documents)["\n  mutation LogoutEverywhere {\n    logoutEverywhere { endedSessions }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TaskRecord on Task {\n    id\n    title\n    notes\n    completed\n    completedAt\n    priority\n    dueDate\n    tags\n    position\n    version\n    createdAt\n    updatedAt\n    deletedAt\n    list { id name }\n  }\n"): (typeof documents)["\n  fragment TaskRecord on Task {\n    id\n    title\n    notes\n    completed\n    completedAt\n    priority\n    dueDate\n    tags\n    position\n    version\n    createdAt\n    updatedAt\n    deletedAt\n    list { id name }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ListRecord on TaskList {\n    id\n    name\n    color\n    isDefault\n    position\n    version\n    counts { open completed trashed }\n  }\n"): (typeof documents)["\n  fragment ListRecord on TaskList {\n    id\n    name\n    color\n    isDefault\n    position\n    version\n    counts { open completed trashed }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation CreateTask($input: CreateTaskInput!) { result: createTask(input: $input) { task { ...TaskRecord } } }\n  "): (typeof documents)["\n    mutation CreateTask($input: CreateTaskInput!) { result: createTask(input: $input) { task { ...TaskRecord } } }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation UpdateTask($input: UpdateTaskInput!) { result: updateTask(input: $input) { task { ...TaskRecord } } }\n  "): (typeof documents)["\n    mutation UpdateTask($input: UpdateTaskInput!) { result: updateTask(input: $input) { task { ...TaskRecord } } }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation MoveTask($input: MoveTaskInput!) { result: moveTask(input: $input) { task { ...TaskRecord } } }\n  "): (typeof documents)["\n    mutation MoveTask($input: MoveTaskInput!) { result: moveTask(input: $input) { task { ...TaskRecord } } }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation DeleteTask($input: DeleteTaskInput!) { result: deleteTask(input: $input) { task { ...TaskRecord } } }\n  "): (typeof documents)["\n    mutation DeleteTask($input: DeleteTaskInput!) { result: deleteTask(input: $input) { task { ...TaskRecord } } }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation RestoreTask($input: RestoreTaskInput!) { result: restoreTask(input: $input) { task { ...TaskRecord } } }\n  "): (typeof documents)["\n    mutation RestoreTask($input: RestoreTaskInput!) { result: restoreTask(input: $input) { task { ...TaskRecord } } }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation PurgeTask($input: PurgeTaskInput!) { result: purgeTask(input: $input) { purgedId } }\n  "): (typeof documents)["\n    mutation PurgeTask($input: PurgeTaskInput!) { result: purgeTask(input: $input) { purgedId } }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation EmptyTrash { result: emptyTrash { remaining } }\n  "): (typeof documents)["\n    mutation EmptyTrash { result: emptyTrash { remaining } }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation UpdateTasks($input: UpdateTasksInput!) {\n      result: updateTasks(input: $input) { results { id task { ...TaskRecord } error { code } } }\n    }\n  "): (typeof documents)["\n    mutation UpdateTasks($input: UpdateTasksInput!) {\n      result: updateTasks(input: $input) { results { id task { ...TaskRecord } error { code } } }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation CreateTaskList($input: CreateTaskListInput!) {\n      result: createTaskList(input: $input) { taskList { ...ListRecord } }\n    }\n  "): (typeof documents)["\n    mutation CreateTaskList($input: CreateTaskListInput!) {\n      result: createTaskList(input: $input) { taskList { ...ListRecord } }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation UpdateTaskList($input: UpdateTaskListInput!) {\n      result: updateTaskList(input: $input) { taskList { ...ListRecord } }\n    }\n  "): (typeof documents)["\n    mutation UpdateTaskList($input: UpdateTaskListInput!) {\n      result: updateTaskList(input: $input) { taskList { ...ListRecord } }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    mutation DeleteTaskList($input: DeleteTaskListInput!) {\n      result: deleteTaskList(input: $input) { deletedId }\n    }\n  "): (typeof documents)["\n    mutation DeleteTaskList($input: DeleteTaskListInput!) {\n      result: deleteTaskList(input: $input) { deletedId }\n    }\n  "];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CurrentTask($id: ID!) { task(id: $id) { ...TaskRecord } }\n"): (typeof documents)["\n  query CurrentTask($id: ID!) { task(id: $id) { ...TaskRecord } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TaskRow on Task {\n    id\n    title\n    notes\n    completed\n    priority\n    dueDate\n    tags\n    deletedAt\n    list { id name }\n  }\n"): (typeof documents)["\n  fragment TaskRow on Task {\n    id\n    title\n    notes\n    completed\n    priority\n    dueDate\n    tags\n    deletedAt\n    list { id name }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Tasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder) {\n    tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { id ...TaskRow ...TaskRecord } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query Tasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder) {\n    tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { id ...TaskRow ...TaskRecord } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListedTasks($filter: TaskFilter, $orderBy: TaskOrder) {\n    tasks(filter: $filter, orderBy: $orderBy) {\n      ids @client\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query ListedTasks($filter: TaskFilter, $orderBy: TaskOrder) {\n    tasks(filter: $filter, orderBy: $orderBy) {\n      ids @client\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Overview($today: TaskFilter!, $upcoming: TaskFilter!, $overdue: TaskFilter!, $byDueDate: TaskOrder) {\n    me { id displayName }\n    taskLists { id ...ListRecord ...ListLink }\n    today: tasks(first: 0, filter: $today, orderBy: $byDueDate) { totalCount }\n    upcoming: tasks(first: 0, filter: $upcoming, orderBy: $byDueDate) { totalCount }\n    overdue: tasks(first: 0, filter: $overdue, orderBy: $byDueDate) { totalCount }\n  }\n"): (typeof documents)["\n  query Overview($today: TaskFilter!, $upcoming: TaskFilter!, $overdue: TaskFilter!, $byDueDate: TaskOrder) {\n    me { id displayName }\n    taskLists { id ...ListRecord ...ListLink }\n    today: tasks(first: 0, filter: $today, orderBy: $byDueDate) { totalCount }\n    upcoming: tasks(first: 0, filter: $upcoming, orderBy: $byDueDate) { totalCount }\n    overdue: tasks(first: 0, filter: $overdue, orderBy: $byDueDate) { totalCount }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ListLink on TaskList {\n    id\n    name\n    color\n    isDefault\n    counts { open completed trashed }\n  }\n"): (typeof documents)["\n  fragment ListLink on TaskList {\n    id\n    name\n    color\n    isDefault\n    counts { open completed trashed }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;