import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Person } from "./support/person.ts";
import { RestClient } from "./support/rest-client.ts";

// A user's whole round, twice: through GraphQL and through REST. Run it against a running product with `npm run try`.

interface Task {
  id: string;
  title: string;
  version: number;
  deletedAt: string | null;
  owner: { username: string };
}

type Say = (step: string) => void;

const newName = () => `user-${randomBytes(5).toString("hex")}`;
const password = "a long enough password";
const titles = ["Comprar pan", "Llamar a mamá", "Pagar la luz"];

/** Registers, signs in, makes a list and three tasks, pages, edits, meets CONFLICT, trashes and restores; throws when a step fails. */
export async function throughGraphql(url: string, say: Say = () => {}): Promise<void> {
  const username = newName();
  const registered = await Person.register(url, username, password);
  say(`registered ${username}`);
  const person = await Person.signIn(url, username, password);
  assert.equal(person.id, registered.id);
  say("signed in");

  const { createTaskList } = await person.get<{ createTaskList: { taskList: { id: string } } }>(
    `mutation { createTaskList(input: { name: "Casa" }) { taskList { id } } }`,
  );
  for (const title of titles)
    await person.get("mutation($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }", {
      input: { title, listId: createTaskList.taskList.id },
    });
  say("made a list and three tasks");

  const walked: Task[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page: TasksPage = await person.get(tasksPage, { after });
    walked.push(...page.tasks.nodes);
    after = page.tasks.pageInfo.endCursor;
    more = page.tasks.pageInfo.hasNextPage;
  }
  assertThreeTasks(walked, username);
  say("paged through them, two at a time, with their owner");

  const [task] = walked as [Task];
  const update = "mutation($input: UpdateTaskInput!) { updateTask(input: $input) { task { title version } } }";
  const input = { id: task.id, expectedVersion: task.version, title: "Comprar pan integral" };
  const { updateTask } = await person.get<{ updateTask: { task: Task } }>(update, { input });
  assert.equal(updateTask.task.title, input.title);
  const conflict = await person.ask(update, { input });
  assert.deepEqual(conflict.errors[0]?.extensions, { code: "CONFLICT", version: task.version + 1 });
  say("edited with expectedVersion, and met CONFLICT the second time");

  const change = async (field: "deleteTask" | "restoreTask") => {
    const data = await person.get<Record<string, { task: Task }>>(
      `mutation($id: ID!) { ${field}(input: { id: $id }) { task { id deletedAt } } }`,
      { id: task.id },
    );
    return data[field]?.task.deletedAt;
  };
  assert.equal(typeof (await change("deleteTask")), "string");
  assert.equal((await person.get<TasksPage>(tasksPage, {})).tasks.totalCount, 2);
  assert.equal(await change("restoreTask"), null);
  assert.equal((await person.get<TasksPage>(tasksPage, {})).tasks.totalCount, 3);
  say("put it into the trash and took it out again");
}

interface TasksPage {
  tasks: { totalCount: number; nodes: Task[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

const tasksPage = `query($after: String) {
  tasks(first: 2, after: $after, orderBy: { field: POSITION }) {
    totalCount
    nodes { id title version deletedAt owner { username } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** The same round through the REST doorway. */
export async function throughRest(url: string, say: Say = () => {}): Promise<void> {
  const username = newName();
  const rest = new RestClient(url);
  await rest.send("POST", "/register", 201, { username, password });
  say(`registered ${username}`);
  const { accessToken } = await rest.send<{ accessToken: string }>("POST", "/login", 200, { username, password });
  const user = new RestClient(url, accessToken);
  say("signed in");

  const list = await user.send<{ id: string }>("POST", "/lists", 201, { name: "Casa" });
  for (const title of titles) await user.send("POST", "/tasks", 201, { title, listId: list.id });
  say("made a list and three tasks");

  interface Page {
    items: Task[];
    nextCursor: string | null;
  }
  const walked: Task[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const cursor: string = next && `&cursor=${encodeURIComponent(next)}`;
    const page: Page = await user.send("GET", `/tasks?limit=2&orderBy=POSITION${cursor}`, 200);
    walked.push(...page.items);
    next = page.nextCursor;
  }
  assertThreeTasks(walked, username);
  say("paged through them, two at a time, with their owner");

  const [task] = walked as [Task];
  const changes = { title: "Comprar pan integral", expectedVersion: task.version };
  const edited = await user.send<Task>("PATCH", `/tasks/${task.id}`, 200, changes);
  assert.equal(edited.title, changes.title);
  const problem = await user.send<{ code: string; version: number }>("PATCH", `/tasks/${task.id}`, 409, changes);
  assert.deepEqual([problem.code, problem.version], ["CONFLICT", task.version + 1]);
  say("edited with expectedVersion, and met CONFLICT the second time");

  const count = async () => (await user.send<Page>("GET", "/tasks", 200)).items.length;
  await user.send("DELETE", `/tasks/${task.id}`, 200);
  assert.equal(await count(), 2);
  await user.send("POST", `/tasks/${task.id}/restore`, 200);
  assert.equal(await count(), 3);
  say("put it into the trash and took it out again");
}

function assertThreeTasks(tasks: readonly Task[], username: string): void {
  assert.deepEqual(
    tasks.map(({ title, owner }) => [title, owner.username]),
    titles.map((title) => [title, username]),
  );
}

if (import.meta.main) {
  const url = process.argv[2] ?? "http://127.0.0.1:4000";
  for (const [name, round] of Object.entries({ GraphQL: throughGraphql, REST: throughRest })) {
    console.log(name);
    await round(url, (step) => console.log(`  ✓ ${step}`));
  }
}
