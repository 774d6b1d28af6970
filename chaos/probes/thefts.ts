import type { Victim } from "./victim.ts";

/** An operation that reaches for what is somebody's. */
export interface Theft {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const entities = (query: string, ...representations: readonly object[]): Theft => ({
  query: `query Entities($of: [_Any!]!) { _entities(representations: $of) { ${query} } }`,
  variables: { of: representations },
});
const read = (query: string): Theft => ({ query, variables: {} });
const byId = (query: string, id: string): Theft => ({ query: `query Theft($id: ID!) { ${query} }`, variables: { id } });
const write = (field: string, type: string, result: string, input: object): Theft => ({
  query: `mutation Theft($input: ${type}!) { ${field}(input: $input) { ${result} } }`,
  variables: { input },
});

export const theftsFrom = {
  users: ({ id }: Victim): readonly Theft[] => [
    read("{ me { id email } }"),
    read("{ sessions { id address device } }"),
    read("{ exportMyData { account } }"),
    byId("user(id: $id) { id email }", id),
    entities("... on User { id email }", { __typename: "User", id }),
    entities("... on DataExport { account }", { __typename: "DataExport", id }),
    write("updateProfile", "UpdateProfileInput", "user { id email }", { displayName: "Stolen" }),
  ],
  tasks: ({ id, taskId, listId }: Victim): readonly Theft[] => [
    read("{ tasks(first: 20) { nodes { id title notes } } }"),
    read("{ taskLists { id name } }"),
    byId("task(id: $id) { id title notes }", taskId),
    byId("taskList(id: $id) { name tasks(first: 5) { nodes { title } } }", listId),
    entities("... on Task { title notes list { name } }", { __typename: "Task", id: taskId }),
    entities("... on TaskList { name tasks(first: 5) { nodes { title } } }", { __typename: "TaskList", id: listId }),
    entities("... on User { tasks(first: 5) { nodes { title } } }", { __typename: "User", id }),
    entities("... on DataExport { lists tasks { nodes { title } } }", { __typename: "DataExport", id }),
    write("updateTask", "UpdateTaskInput", "task { title notes }", { id: taskId, priority: "URGENT" }),
    write("createTask", "CreateTaskInput", "task { id list { name } }", { title: "Stolen", listId }),
    write("updateTaskList", "UpdateTaskListInput", "taskList { name }", { id: listId, color: "#000000" }),
    write("deleteTask", "DeleteTaskInput", "task { title }", { id: taskId }),
  ],
};
