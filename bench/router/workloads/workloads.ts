import { idOf, viewerKey } from "../stub/placeholders.ts";
import { mixedOperationOf, mixedOperations } from "./mixed.ts";
import type { Operation } from "./operation.ts";

export const workloadNames = ["tasks20", "me", "page200", "deep", "mutate", "mixed"] as const;
export type WorkloadName = (typeof workloadNames)[number];

export interface Workload {
  readonly name: WorkloadName;
  /** In a few words, for tables. */
  readonly about: string;
  /** What the viewer asks for, each with variables of their own, so that no answer is shared between any two. */
  operationOf(viewer: number): Operation;
}

const pageOfTasks = (first: number, more = "") => `query Tasks($after: String) {
  tasks(first: ${first}, after: $after) {
    edges { cursor node { id title ${more}completed priority dueDate owner { id username displayName } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const me = `query Me($userId: ID!) { me { id username displayName email createdAt } user(id: $userId) { id displayName } }`;

const deep = `query Deep($after: String) {
  me {
    id username displayName
    tasks(first: 20, after: $after) {
      edges {
        node {
          id title
          list { id name owner { displayName } tasks(first: 5) { nodes { id title owner { username } } } }
          owner { id displayName }
        }
      }
    }
  }
}`;

const mutate = `mutation Create($input: CreateTaskInput!) {
  createTask(input: $input) { task { id title version owner { id username displayName } } }
}`;

const after = (viewer: number) => ({ after: `after-${viewer}` });

export const workloads: readonly Workload[] = [
  {
    name: "tasks20",
    about: "20 tasks with their owners: a fetch, and one of 3 entities",
    operationOf: (viewer) => ({ query: pageOfTasks(20), variables: after(viewer) }),
  },
  {
    name: "me",
    about: "the viewer, and one other: one fetch",
    operationOf: (viewer) => ({ query: me, variables: { userId: idOf(viewerKey(viewer), 1) } }),
  },
  {
    name: "page200",
    about: "200 tasks with notes of 1 KB and their owners",
    operationOf: (viewer) => ({ query: pageOfTasks(200, "notes "), variables: after(viewer) }),
  },
  {
    name: "deep",
    about: "the viewer, their tasks, the lists of these, the owners of all: three hops",
    operationOf: (viewer) => ({ query: deep, variables: after(viewer) }),
  },
  {
    name: "mutate",
    about: "a task is made, and answered with its owner",
    operationOf: (viewer) => ({ query: mutate, variables: { input: { title: `Comprar pan ${viewer}` } } }),
  },
  {
    name: "mixed",
    about: `${mixedOperations.length} different operations`,
    operationOf: mixedOperationOf,
  },
];
