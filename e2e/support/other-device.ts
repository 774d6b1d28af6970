import { expect } from "@playwright/test";
import { password } from "./person.ts";

interface Task {
  readonly id: string;
  readonly title: string;
  readonly notes: string | null;
  readonly tags: readonly string[];
  readonly completed: boolean;
}

/** Another device of the same person, which speaks GraphQL. */
export class OtherDevice {
  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static async signIn(url: string, username: string): Promise<OtherDevice> {
    const login = "mutation($input: LoginInput!) { login(input: $input) { accessToken } }";
    const input = { username, password, refreshToken: "PAYLOAD" };
    const { login: grant } = await send<{ login: { accessToken: string } }>(url, login, { input });
    return new OtherDevice(url, grant.accessToken);
  }

  /** All tasks that are not in the trash, the newest first. */
  async tasks(): Promise<readonly Task[]> {
    const query = "{ tasks(first: 100) { nodes { id title notes tags completed } } }";
    return (await send<{ tasks: { nodes: Task[] } }>(this.#url, query, {}, this.#token)).tasks.nodes;
  }

  async titles(): Promise<string[]> {
    return (await this.tasks()).map(({ title }) => title);
  }

  /** Changes the task of this title. */
  async edit(title: string, change: object): Promise<void> {
    const task = (await this.tasks()).find((one) => one.title === title);
    const update = "mutation($input: UpdateTaskInput!) { updateTask(input: $input) { task { id } } }";
    await send(this.#url, update, { input: { id: task?.id, ...change } }, this.#token);
  }

  /** Makes a task and moves it to the trash. */
  async throwAway(title: string): Promise<void> {
    const create = "mutation($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }";
    const made = await send<{ createTask: { task: { id: string } } }>(
      this.#url,
      create,
      { input: { title } },
      this.#token,
    );
    const remove = "mutation($input: DeleteTaskInput!) { deleteTask(input: $input) { task { id } } }";
    await send(this.#url, remove, { input: { id: made.createTask.task.id } }, this.#token);
  }

  /** The titles in the trash. */
  async trashed(): Promise<string[]> {
    const query = "{ tasks(filter: { trashed: true }) { nodes { title } } }";
    const { tasks } = await send<{ tasks: { nodes: { title: string }[] } }>(this.#url, query, {}, this.#token);
    return tasks.nodes.map(({ title }) => title);
  }

  /** Ends all sessions of the person, this one too, and resolves when every server knows: that takes some seconds. */
  async signOutEverywhere(): Promise<void> {
    await send(this.#url, "mutation { logoutEverywhere { endedSessions } }", {}, this.#token);
    const isRefused = () =>
      this.tasks().then(
        () => false,
        () => true,
      );
    await expect.poll(isRefused, { timeout: 20_000 }).toBe(true);
  }
}

async function send<Data>(url: string, query: string, variables: object, token?: string): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
