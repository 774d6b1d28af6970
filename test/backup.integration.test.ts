import { randomUUID } from "node:crypto";
import { open, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProgram } from "@tareas/local-stack/process/run-program";
import { repositoryRoot } from "@tareas/local-stack/services";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { labEnv } from "../chaos/lab/lab-settings.ts";
import { checkCopy, type History, type Span, type StoredCopy } from "../chaos/ledger/check-copy.ts";
import { readCopy } from "../chaos/ledger/read-copy.ts";
import { type Account, signInAgain } from "../chaos/load/accounts.ts";
import { GraphqlClient } from "../chaos/load/graphql-client.ts";
import { HeldCommands } from "./support/fail-point.ts";
import { LoadedProduct } from "./support/loaded-product.ts";
import { runJob } from "./support/maintenance-job.ts";
import { type MongodbWithUsers, startMongodbWithUsers } from "./support/mongodb-with-users.ts";

const databases = { users: "users", tasks: "tasks" };
const clean = { lost: [], torn: [], doubled: [], unexpected: [], crossed: [], broken: [] };
/** For so long each of the backup's readings waits, as it would for a large collection. */
const readingTakesMs = 300;

const resources = new AsyncDisposableStack();
let restored: MongodbWithUsers;
let copy: StoredCopy;
let history: History;
let accounts: readonly Account[];
let span: Span;
/** What the product held when nobody wrote any more. */
let atTheEnd: StoredCopy;
const refusals: Record<string, unknown> = {};

/** The settings of the jobs that differ here from those in a cluster. */
async function jobSettings({ uris, folder }: MongodbWithUsers, backups: string) {
  const file = join(folder, "backup-uri");
  await writeFile(file, `${uris.backup}\n`, { mode: 0o600 });
  return { MONGODB_BACKUP_URI_FILE: file, BACKUP_DIR: backups };
}

const messageOf = (failing: Promise<unknown>) =>
  failing.then(
    () => "done",
    ({ message }) => message,
  );

/** Changes a byte in the midst of a file, and returns what changes it back. */
async function damage(file: string): Promise<() => Promise<void>> {
  const content = await readFile(file);
  const at = Math.floor(content.length / 2);
  const write = async (byte: number) => {
    await using handle = await open(file, "r+");
    await handle.write(Uint8Array.of(byte), 0, 1, at);
  };
  await write((content[at] ?? 0) ^ 0xff);
  return () => write(content[at] ?? 0);
}

beforeAll(async () => {
  await using original = await startMongodbWithUsers();
  restored = resources.use(await startMongodbWithUsers());
  const backups = join(restored.folder, "backups");
  const settings = await jobSettings(original, backups);
  {
    await using product = await LoadedProduct.start(original);
    span = await product.during(async () => {
      await using _ = await HeldCommands.arm(original.uris.root, "backup", ["find"], { forMs: readingTakesMs });
      await runJob("backup", settings);
    });
    ({ history, accounts } = product);
  }
  atTheEnd = await readCopy(original.uris.root, databases);

  const [name = ""] = await readdir(backups);
  const into = await jobSettings(restored, backups);
  const mend = await damage(join(backups, name, "tasks", "tasks.bson.gz"));
  refusals.damaged = await messageOf(runJob("restore", into));
  await mend();
  refusals.unknown = await messageOf(runJob("restore", { ...into, RESTORE_WITHOUT: "users.nothing" }));
  await runJob("restore", into);
  refusals.again = await messageOf(runJob("restore", into));
  copy = await readCopy(restored.uris.root, databases);
}, 240_000);
afterAll(() => resources.disposeAsync());

test("a backup taken in the midst of writes is the whole of one moment", () => {
  expect(checkCopy(history, copy, span)).toEqual(clean);
  expect(copy.keys.size).toBeGreaterThan(100);
});

test("what the product held in the end is of another moment, and whole too", () => {
  expect(checkCopy(history, atTheEnd, span).unexpected.length).toBeGreaterThan(0);
  const end = performance.now();
  expect(checkCopy(history, atTheEnd, { from: end, to: end })).toEqual(clean);
  expect(checkCopy(history, copy, { from: end, to: end }).lost.length).toBeGreaterThan(0);
});

test("a backup is refused that is damaged, into what is not empty, or without what it does not hold", () => {
  expect(refusals).toEqual({
    damaged: expect.stringMatching(/tasks\.bson\.gz is damaged, and nothing was restored/),
    unknown: expect.stringContaining("holds no users.nothing"),
    again: expect.stringContaining("restore into an empty MongoDB"),
  });
});

test("sessions do not come back, and accounts do", async () => {
  await using client = new MongoClient(restored.uris.root);
  const users = client.db(databases.users);
  const counts = await Promise.all(
    ["sessions", "refreshTokens"].map((name) => users.collection(name).countDocuments()),
  );
  expect(counts).toEqual([0, 0]);
  expect(copy.accounts.size).toBeGreaterThan(6);
});

const page = `query Page($after: String) { tasks(first: 100, after: $after) {
  nodes { title owner { id } } pageInfo { hasNextPage endCursor } } }`;
const create = "mutation Create($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }";

interface Page {
  readonly nodes: readonly { readonly title: string; readonly owner: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

async function titlesOf(client: GraphqlClient, { token, id }: Pick<Account, "token" | "id">): Promise<string[]> {
  const titles: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { data, errors } = await client.send({ query: page, variables: { after }, token });
    expect(errors).toEqual([]);
    if (!data) throw new Error("there is no page");
    const { nodes, pageInfo } = data.tasks as Page;
    expect(new Set(nodes.map(({ owner }) => owner.id))).toEqual(new Set(nodes.length > 0 ? [id] : []));
    titles.push(...nodes.map(({ title }) => title));
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
  return titles;
}

describe("a product on what was restored", () => {
  let stack: Stack;
  let client: GraphqlClient;
  let people: readonly Account[];
  const stateDir = () => join(restored.folder, "state");

  beforeAll(async () => {
    const { stackOptions } = restored;
    stack = await startStack({ ...stackOptions, env: labEnv(stackOptions.env), stateDir: stateDir() });
    client = new GraphqlClient(stack.url);
    const kept = accounts.filter(({ id }) => copy.accounts.has(id));
    // One after the other: all at once they would wait for the hashing of each other's passwords, and the last too long.
    people = await Array.fromAsync(kept, (account) => signInAgain(client, account));
  });
  afterAll(async () => {
    await client?.[Symbol.asyncDispose]();
    await stack?.[Symbol.asyncDispose]();
  });

  test("serves everybody what was theirs", async () => {
    for (const person of people) {
      const theirs = copy.tasks.filter(({ ownerId, isDeleted }) => ownerId === person.id && !isDeleted);
      expect((await titlesOf(client, person)).sort()).toEqual(theirs.map(({ title }) => title).sort());
    }
  });

  test("repeats no write that is there, and takes new ones", async () => {
    const [task] = history.tasks.filter(({ id, writes }) => id && copy.keys.has(writes[0]?.idempotencyKey ?? ""));
    const token = people.find(({ id }) => id === task?.ownerId)?.token;
    const send = (title: string | undefined, idempotencyKey: string | undefined) =>
      client.send({ query: create, variables: { input: { title } }, token, idempotencyKey });
    const [first] = task?.writes ?? [];
    const again = await send(first?.title, first?.idempotencyKey);
    expect(again).toMatchObject({ errors: [], data: { createTask: { task: { id: task?.id } } } });
    expect((await send("Comprar pan", randomUUID())).errors).toEqual([]);
    const { tasks } = await readCopy(restored.uris.root, databases);
    expect(tasks).toHaveLength(copy.tasks.length + 1);
  });

  test("forgets, when it is told so, whom it should not have brought back", async () => {
    const [gone] = people;
    const id = gone?.id ?? "";
    const keyFile = join(stateDir(), "keys", "access-token.pem");
    const env = { ...process.env, MONGODB_URI: restored.uris.users, AUTH_PRIVATE_KEY_FILE: keyFile };
    const said: string[] = [];
    const script = join(repositoryRoot, "subgraphs/users/src/delete-accounts.ts");
    const options = { env, timeoutMs: 30_000, onLine: (line: string) => void said.push(line) };
    await runProgram(process.execPath, [script, id, "0".repeat(24)], options);
    expect(said).toEqual(expect.arrayContaining([`${id}: deleted`, `${"0".repeat(24)}: there is no such account`]));
    const left = async () => {
      const { accounts, tasks, lists } = await readCopy(restored.uris.root, databases);
      return [accounts.has(id), ...[...tasks, ...lists].map(({ ownerId }) => ownerId === id)].filter(Boolean);
    };
    await expect.poll(left, { timeout: 20_000 }).toEqual([]);
    // Servers that run already learn of it within a second.
    const refused = async () => (await client.send({ query: "{ me { id } }", token: gone?.token })).errors;
    await expect.poll(refused, { timeout: 5_000 }).toMatchObject([{ code: "UNAUTHENTICATED" }]);
  });
});

test("with one more backup the oldest goes", async () => {
  const backups = join(restored.folder, "backups");
  const [first] = await readdir(backups);
  await runJob("backup", { ...(await jobSettings(restored, backups)), BACKUP_KEEP: "1" });
  const left = await readdir(backups);
  expect(left).toHaveLength(1);
  expect(left).not.toContain(first);
});
