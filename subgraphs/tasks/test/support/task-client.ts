import { type GraphQLAnswer, Person } from "../../../../test/support/person.ts";

export interface Task {
  id: string;
  title: string;
  notes: string | null;
  completed: boolean;
  completedAt: string | null;
  priority: "NONE" | "LOW" | "MEDIUM" | "HIGH" | "URGENT";
  dueDate: string | null;
  tags: string[];
  list: { id: string; name: string };
  owner: { id: string };
  position: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  deletedAt: string | null;
}

export interface TaskList {
  id: string;
  name: string;
  color: string | null;
  isDefault: boolean;
  version: number;
  counts: { open: number; completed: number; trashed: number };
}

export interface TaskPage {
  totalCount: number;
  nodes: Task[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

export const taskFields = `id title notes completed completedAt priority dueDate tags list { id name } owner { id }
  position version createdAt updatedAt deletedAt`;
const listFields = "id name color isDefault version counts { open completed trashed }";

export type TaskMutation = "createTask" | "updateTask" | "moveTask" | "deleteTask" | "restoreTask";
export type ListMutation = "createTaskList" | "updateTaskList";

const capital = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}Input`;

/** Sends the mutations and queries of the tasks subgraph for one person, at one server. */
export class TaskClient {
  readonly person: Person;

  constructor(person: Person) {
    this.person = person;
  }

  static async register(usersUrl: string, tasksUrl: string): Promise<TaskClient> {
    return new TaskClient((await Person.register(usersUrl)).at(tasksUrl));
  }

  at(url: string): TaskClient {
    return new TaskClient(this.person.at(url));
  }

  attempt(mutation: TaskMutation, input: object, idempotencyKey?: string) {
    const query = `mutation($input: ${capital(mutation)}!) { ${mutation}(input: $input) { task { ${taskFields} } } }`;
    const sending = idempotencyKey === undefined ? {} : { idempotencyKey };
    return this.person.ask<Record<string, { task: Task }> | null>(query, { input }, sending);
  }

  async write(mutation: TaskMutation, input: object, idempotencyKey?: string): Promise<Task> {
    return only(await this.attempt(mutation, input, idempotencyKey), mutation).task;
  }

  create(title: string, input: object = {}): Promise<Task> {
    return this.write("createTask", { title, ...input });
  }

  attemptList(mutation: ListMutation, input: object, idempotencyKey?: string) {
    const query = `mutation($input: ${capital(mutation)}!) { ${mutation}(input: $input) { taskList { ${listFields} } } }`;
    const sending = idempotencyKey === undefined ? {} : { idempotencyKey };
    return this.person.ask<Record<string, { taskList: TaskList }> | null>(query, { input }, sending);
  }

  async writeList(mutation: ListMutation, input: object): Promise<TaskList> {
    return only(await this.attemptList(mutation, input), mutation).taskList;
  }

  deleteList(input: object) {
    const query =
      "mutation($input: DeleteTaskListInput!) { deleteTaskList(input: $input) { deletedId affectedTasks } }";
    return this.person.ask<{ deleteTaskList: { deletedId: string; affectedTasks: number } } | null>(query, { input });
  }

  async lists(): Promise<TaskList[]> {
    return (await this.person.get<{ taskLists: TaskList[] }>(`{ taskLists { ${listFields} } }`)).taskLists;
  }

  async find(id: string): Promise<Task> {
    return (await this.person.get<{ task: Task }>(`query($id: ID!) { task(id: $id) { ${taskFields} } }`, { id })).task;
  }

  attemptPage(args: object) {
    const query = `query($first: Int, $after: String, $last: Int, $before: String, $filter: TaskFilter, $orderBy: TaskOrder) {
      tasks(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
        totalCount nodes { ${taskFields} } edges { cursor node { id } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`;
    return this.person.ask<{ tasks: TaskPage }>(query, args);
  }

  async page(args: object = {}): Promise<TaskPage> {
    const { data, errors } = await this.attemptPage(args);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data.tasks;
  }
}

function only<T>({ data, errors }: GraphQLAnswer<Record<string, T> | null>, field: string): T {
  const value = data?.[field];
  if (errors.length > 0 || !value) throw new Error(JSON.stringify(errors));
  return value;
}

/** The code and the details of an answer's only error. */
export function refusalOf({ errors }: GraphQLAnswer<unknown>): Record<string, unknown> {
  const [first, ...others] = errors;
  if (!first || others.length > 0) throw new Error(`expected one error: ${JSON.stringify(errors)}`);
  return first.extensions;
}
