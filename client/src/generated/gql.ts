/* eslint-disable */
import * as types from './graphql';
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
    "\n  fragment ListLink on TaskList {\n    id\n    name\n    color\n    isDefault\n    counts { open }\n  }\n": typeof types.ListLinkFragmentDoc,
    "\n  mutation CreateTask($input: CreateTaskInput!) {\n    createTask(input: $input) { task { id ...TaskRow list { id counts { open } } } }\n  }\n": typeof types.CreateTaskDocument,
    "\n  query Tasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder) {\n    tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { id ...TaskRow } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.TasksDocument,
    "\n  fragment TaskRow on Task {\n    id\n    title\n    completed\n    priority\n    dueDate\n    tags\n    version\n    list { id name }\n  }\n": typeof types.TaskRowFragmentDoc,
    "\n  mutation CompleteTask($input: UpdateTaskInput!) {\n    updateTask(input: $input) { task { id ...TaskRow completedAt } }\n  }\n": typeof types.CompleteTaskDocument,
    "\n  mutation DeleteTask($input: DeleteTaskInput!) {\n    deleteTask(input: $input) { task { id deletedAt version } }\n  }\n": typeof types.DeleteTaskDocument,
    "\n  mutation RestoreTask($input: RestoreTaskInput!) {\n    restoreTask(input: $input) { task { id ...TaskRow deletedAt } }\n  }\n": typeof types.RestoreTaskDocument,
    "\n  query Lists {\n    taskLists { id name isDefault ...ListLink }\n  }\n": typeof types.ListsDocument,
};
const documents: Documents = {
    "\n  fragment ListLink on TaskList {\n    id\n    name\n    color\n    isDefault\n    counts { open }\n  }\n": types.ListLinkFragmentDoc,
    "\n  mutation CreateTask($input: CreateTaskInput!) {\n    createTask(input: $input) { task { id ...TaskRow list { id counts { open } } } }\n  }\n": types.CreateTaskDocument,
    "\n  query Tasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder) {\n    tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { id ...TaskRow } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.TasksDocument,
    "\n  fragment TaskRow on Task {\n    id\n    title\n    completed\n    priority\n    dueDate\n    tags\n    version\n    list { id name }\n  }\n": types.TaskRowFragmentDoc,
    "\n  mutation CompleteTask($input: UpdateTaskInput!) {\n    updateTask(input: $input) { task { id ...TaskRow completedAt } }\n  }\n": types.CompleteTaskDocument,
    "\n  mutation DeleteTask($input: DeleteTaskInput!) {\n    deleteTask(input: $input) { task { id deletedAt version } }\n  }\n": types.DeleteTaskDocument,
    "\n  mutation RestoreTask($input: RestoreTaskInput!) {\n    restoreTask(input: $input) { task { id ...TaskRow deletedAt } }\n  }\n": types.RestoreTaskDocument,
    "\n  query Lists {\n    taskLists { id name isDefault ...ListLink }\n  }\n": types.ListsDocument,
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
export function graphql(source: "\n  fragment ListLink on TaskList {\n    id\n    name\n    color\n    isDefault\n    counts { open }\n  }\n"): (typeof documents)["\n  fragment ListLink on TaskList {\n    id\n    name\n    color\n    isDefault\n    counts { open }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateTask($input: CreateTaskInput!) {\n    createTask(input: $input) { task { id ...TaskRow list { id counts { open } } } }\n  }\n"): (typeof documents)["\n  mutation CreateTask($input: CreateTaskInput!) {\n    createTask(input: $input) { task { id ...TaskRow list { id counts { open } } } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Tasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder) {\n    tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { id ...TaskRow } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): (typeof documents)["\n  query Tasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder) {\n    tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n      edges { cursor node { id ...TaskRow } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TaskRow on Task {\n    id\n    title\n    completed\n    priority\n    dueDate\n    tags\n    version\n    list { id name }\n  }\n"): (typeof documents)["\n  fragment TaskRow on Task {\n    id\n    title\n    completed\n    priority\n    dueDate\n    tags\n    version\n    list { id name }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteTask($input: UpdateTaskInput!) {\n    updateTask(input: $input) { task { id ...TaskRow completedAt } }\n  }\n"): (typeof documents)["\n  mutation CompleteTask($input: UpdateTaskInput!) {\n    updateTask(input: $input) { task { id ...TaskRow completedAt } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteTask($input: DeleteTaskInput!) {\n    deleteTask(input: $input) { task { id deletedAt version } }\n  }\n"): (typeof documents)["\n  mutation DeleteTask($input: DeleteTaskInput!) {\n    deleteTask(input: $input) { task { id deletedAt version } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestoreTask($input: RestoreTaskInput!) {\n    restoreTask(input: $input) { task { id ...TaskRow deletedAt } }\n  }\n"): (typeof documents)["\n  mutation RestoreTask($input: RestoreTaskInput!) {\n    restoreTask(input: $input) { task { id ...TaskRow deletedAt } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Lists {\n    taskLists { id name isDefault ...ListLink }\n  }\n"): (typeof documents)["\n  query Lists {\n    taskLists { id name isDefault ...ListLink }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;