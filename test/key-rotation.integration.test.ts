import { execFile } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Person } from "./support/person.ts";

let stateDir: string;
let keyFile: string;
let stack: Stack;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "tareas-rotation-"));
  keyFile = join(stateDir, "keys", "access-token.pem");
  stack = await startStack({ stateDir, env: { users: { AUTH_KEY_ACTIVATION_SECONDS: "4" } } });
});
afterAll(async () => {
  await stack?.[Symbol.asyncDispose]();
  await rm(stateDir, { recursive: true, force: true });
});

const rotate = () =>
  promisify(execFile)(process.execPath, ["subgraphs/users/src/rotate-keys.ts"], {
    env: { AUTH_PRIVATE_KEY_FILE: keyFile },
  });

const publishedKids = async () => {
  const { keys } = (await (await fetch(`${stack.users.url}/.well-known/jwks.json`)).json()) as {
    keys: { kid: string }[];
  };
  return keys.map(({ kid }) => kid);
};
const kidOf = ({ token }: Person) => JSON.parse(Buffer.from(token.split(".")[0] as string, "base64url").toString()).kid;

const worksEverywhere = async (person: Person) => {
  for (const [url, query] of [
    [stack.router.url, "{ me { id } taskLists { id } }"],
    [stack.users.url, "{ me { id } }"],
    [stack.tasks.url, "{ taskLists { id } }"],
  ] as const)
    await person.at(url).get(query);
};

/** Resolves when this key signs: a new one does after a while. */
async function signsWith(kid: string | undefined, { username }: Person): Promise<void> {
  const signedAnew = async () => {
    const person = await Person.signIn(stack.router.url, username);
    await worksEverywhere(person);
    return kidOf(person) === kid;
  };
  await waitUntil(signedAnew, { timeoutMs: 15_000, what: "a token of the new key" });
}

test("keys rotate under a running system: a new one is published, then signs, and no session ends", async () => {
  const before = await Person.register(stack.router.url);
  const [oldKid] = await publishedKids();
  expect(kidOf(before)).toBe(oldKid);

  const { stdout } = await rotate();
  await waitUntil(async () => (await publishedKids()).length === 2, { timeoutMs: 10_000, what: "the new key" });
  const [newKid] = await publishedKids();
  expect(newKid).not.toBe(oldKid);
  expect(stdout).toContain(newKid);
  expect(stdout).not.toContain("PRIVATE");
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);

  await signsWith(newKid, before);
  await worksEverywhere(before);

  await stack.users.stop();
  await stack.users.start();
  await stack.users.ready();
  await worksEverywhere(before);
  expect(await publishedKids()).toEqual([newKid, oldKid]);
});

test("a key stays as long as a token of it may be about, however often keys rotate", async () => {
  const before = await Person.register(stack.router.url);
  for (const _ of [1, 2, 3]) await rotate();
  await waitUntil(async () => (await publishedKids()).length === 5, { timeoutMs: 10_000, what: "all keys" });
  await worksEverywhere(before);

  const [newest] = await publishedKids();
  await signsWith(newest, before);
  const threeDaysAgo = new Date(Date.now() - 3 * 86_400_000).toISOString();
  await writeFile(keyFile, (await readFile(keyFile, "utf8")).replaceAll(/^Made: .+$/gm, `Made: ${threeDaysAgo}`));
  await rotate();
  await waitUntil(async () => (await publishedKids()).length === 2, { timeoutMs: 10_000, what: "two keys" });
  expect((await publishedKids())[1]).toBe(newest);
});

test("a file that is broken while the subgraph runs changes nothing but the log", async () => {
  const good = await readFile(keyFile, "utf8");
  const kids = await publishedKids();
  await appendFile(keyFile, "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n");
  const isLogged = async () => stack.users.logs.some((line) => line.includes("the old ones stay"));
  await waitUntil(isLogged, { timeoutMs: 10_000, what: "a word in the log" });
  expect(await publishedKids()).toEqual(kids);
  await worksEverywhere(await Person.register(stack.router.url));
  await writeFile(keyFile, good);
});
