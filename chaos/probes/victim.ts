import { randomUUID } from "node:crypto";
import type { Lab } from "../lab/lab.ts";
import { type Account, registerAccounts } from "../load/accounts.ts";

/** Somebody whose things all hold one word that nobody else can know. */
export interface Victim extends Account {
  readonly secret: string;
  readonly taskId: string;
  readonly listId: string;
}

interface Made {
  readonly createTaskList: { readonly taskList: { readonly id: string } };
  readonly createTask: { readonly task: { readonly id: string } };
}

const profile = `mutation Mail($input: UpdateProfileInput!) { updateProfile(input: $input) { user { id } } }`;
const list = `mutation List($input: CreateTaskListInput!) { createTaskList(input: $input) { taskList { id } } }`;
const task = `mutation Task($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }`;

/** Registers a victim, with an e-mail address, a list and a task, and somebody who is after them. */
export async function registerVictim({ client }: Lab): Promise<{ victim: Victim; thief: Account }> {
  const [account, thief] = (await registerAccounts(client, "spoof", 2)) as [Account, Account];
  const secret = `s${randomUUID().replaceAll("-", "")}`;
  const send = async (query: string, input: object) => {
    const { data, errors } = await client.send({ query, variables: { input }, token: account.token });
    if (errors[0]) throw new Error(`the victim could not be furnished: ${errors[0].message}`);
    return data as unknown as Made;
  };
  await send(profile, { email: `${secret}@example.org`, currentPassword: account.password });
  const { id: listId } = (await send(list, { name: secret })).createTaskList.taskList;
  const { id: taskId } = (await send(task, { listId, title: secret, notes: secret })).createTask.task;
  return { victim: { ...account, secret, taskId, listId }, thief };
}
