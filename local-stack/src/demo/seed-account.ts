import type { DemoAccount, DemoList, DemoTask } from "./demo-account.ts";
import { fetchGraphql } from "./graphql-request.ts";
import { registerOrLogIn } from "./sign-in.ts";

interface ExistingTask {
  id: string;
  title: string;
  completed: boolean;
}

interface ExistingList {
  id: string;
  name: string;
  isDefault: boolean;
  tasks: { nodes: ExistingTask[] };
}

type Session = ReturnType<typeof session>;

export interface SeedOptions {
  routerUrl: string;
  account: DemoAccount;
  /** What the due dates are counted from. */
  today: Date;
  /** Ends it between two requests. */
  signal: AbortSignal;
}

/**
 * Makes the account with its lists and tasks through the router; what is there already stays as it is, so that it may
 * be interrupted anywhere and be called again.
 */
export async function seedAccount({ routerUrl, account, today, signal }: SeedOptions): Promise<void> {
  const token = await registerOrLogIn(routerUrl, account);
  const api = session({ routerUrl, token, keyPrefix: `demo-${account.username}-${isoDay(today, 0)}`, signal });
  const existing = await api.lists();
  for (const [index, list] of account.lists.entries()) await seedList(api, list, index, existing, today);
}

async function seedList(api: Session, list: DemoList, index: number, existing: ExistingList[], today: Date) {
  const first = index === 0 ? existing.find(({ isDefault }) => isDefault) : undefined;
  const found = first ?? existing.find(({ name }) => name === list.name);
  const listId = found?.id ?? (await api.createList(list, `list-${index}`));
  if (first && first.name !== list.name) await api.renameList(first.id, list, `list-${index}`);
  for (const [taskIndex, task] of list.tasks.entries())
    await seedTask(api, task, { listId, key: `task-${index}-${taskIndex}`, today, existing: found?.tasks.nodes ?? [] });
}

interface TaskPlace {
  listId: string;
  key: string;
  today: Date;
  existing: ExistingTask[];
}

async function seedTask(api: Session, task: DemoTask, { listId, key, today, existing }: TaskPlace): Promise<void> {
  const { completed = false, dueInDays, ...fields } = task;
  const dueDate = dueInDays === undefined ? {} : { dueDate: isoDay(today, dueInDays) };
  const found = existing.find(({ title }) => title === task.title);
  const { id } = found ?? (await api.createTask({ listId, ...fields, ...dueDate }, key));
  if (completed && !found?.completed) await api.completeTask(id, `${key}-completed`);
}

interface SessionOptions {
  routerUrl: string;
  token: string;
  keyPrefix: string;
  signal: AbortSignal;
}

function session({ routerUrl, token, keyPrefix, signal }: SessionOptions) {
  const mutate = async <Data>(query: string, input: unknown, key: string) => {
    signal.throwIfAborted();
    return fetchGraphql<Data>(routerUrl, { query, variables: { input }, token, idempotencyKey: `${keyPrefix}-${key}` });
  };
  return {
    async lists() {
      const query = `query DemoLists { taskLists { id name isDefault tasks(first: 100) { nodes { id title completed } } } }`;
      return (await fetchGraphql<{ taskLists: ExistingList[] }>(routerUrl, { query, token })).taskLists;
    },
    async createList({ name, color }: DemoList, key: string) {
      const mutation = `mutation DemoList($input: CreateTaskListInput!) { createTaskList(input: $input) { taskList { id } } }`;
      const data = await mutate<{ createTaskList: { taskList: { id: string } } }>(mutation, { name, color }, key);
      return data.createTaskList.taskList.id;
    },
    renameList: (id: string, { name, color }: DemoList, key: string) =>
      mutate(
        `mutation DemoFirstList($input: UpdateTaskListInput!) { updateTaskList(input: $input) { taskList { id } } }`,
        { id, name, color },
        key,
      ),
    async createTask(input: Record<string, unknown>, key: string) {
      const mutation = `mutation DemoTask($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }`;
      return (await mutate<{ createTask: { task: { id: string } } }>(mutation, input, key)).createTask.task;
    },
    completeTask: (id: string, key: string) =>
      mutate(
        `mutation DemoComplete($input: UpdateTaskInput!) { updateTask(input: $input) { task { id } } }`,
        { id, completed: true },
        key,
      ),
  };
}

/** The calendar day `offset` days from `today`, in the machine's time zone: "2026-11-24". */
export function isoDay(today: Date, offset: number): string {
  const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() + offset);
  const twoDigits = (value: number) => String(value).padStart(2, "0");
  return `${day.getFullYear()}-${twoDigits(day.getMonth() + 1)}-${twoDigits(day.getDate())}`;
}
