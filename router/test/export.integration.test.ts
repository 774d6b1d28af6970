import { setTimeout as delay } from "node:timers/promises";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormatsModule from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addTasks, type FurnishedPerson, furnishedPerson } from "../../test/support/furnished-person.ts";
import { Person } from "../../test/support/person.ts";
import { tracesOf } from "../../test/support/traces.ts";

interface Export {
  readonly id: string;
  readonly exportedAt: string;
  readonly account: { readonly username: string; readonly sessions: readonly object[] };
  readonly lists: readonly { readonly name: string }[];
  readonly tasks: readonly { readonly id: string; readonly title: string; readonly deletedAt: string | null }[];
}

const answerTimeoutMs = 6_000; // a good deal more than it takes to see that a download stalls

let stack: Stack;
let ana: FurnishedPerson;
/** How many pages of exports were asked of the tasks subgraph. */
let pages = 0;

beforeAll(async () => {
  stack = await startStack({
    env: { router: { ANSWER_TIMEOUT_MS: String(answerTimeoutMs) } },
    onLine: (service, line) => {
      if (service === "tasks" && line.includes("RestExportPage")) pages += 1;
    },
  });
  ana = await furnishedPerson(stack, { more: 350 });
});
afterAll(() => stack?.[Symbol.asyncDispose]());

const download = ({ token }: Person) =>
  fetch(`${stack.router.url}/export`, { headers: { authorization: `Bearer ${token}` } });

test("GET /export is one JSON document with everything of the person, the trash too", async () => {
  const response = await download(ana.person);
  expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="tareas-[\d-]{10}\.json"$/);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const exported = (await response.json()) as Export;
  expect(exported.id).toBe(ana.person.id);
  expect(exported.account).toMatchObject({ username: ana.person.username, email: null });
  expect(exported.account.sessions).toHaveLength(2);
  expect(exported.lists).toHaveLength(3);
  const { "tasks.tasks": stored } = await tracesOf(stack, [ana.person.id]);
  expect(exported.tasks.map(({ id }) => id).sort()).toEqual(stored?.map(({ _id }) => _id.toHexString()).sort());
  expect(exported.tasks.filter(({ deletedAt }) => deletedAt !== null)).toHaveLength(2);
});

test("it is as the OpenAPI document says", async () => {
  const document = (await (await fetch(`${stack.router.url}/openapi.json`)).json()) as {
    paths: Record<string, { get: { responses: Record<string, { content: Record<string, { schema: object }> }> } }>;
    components: object;
  };
  const { schema } = document.paths["/export"]?.get.responses["200"]?.content["application/json"] ?? {};
  const ajv = new Ajv2020({ strict: false });
  addFormatsModule.default(ajv);
  const validate = ajv.compile({ ...schema, components: document.components });
  expect(validate(await (await download(ana.person)).json()), JSON.stringify(validate.errors)).toBe(true);
});

test("no secret is in it, and nothing of anybody else's", async () => {
  const other = await furnishedPerson(stack);
  const text = await (await download(ana.person)).text();
  for (const word of other.words) expect(text).not.toContain(word);
  const { "users.accounts": accounts } = await tracesOf(stack, [ana.person.id]);
  const { "users.refreshTokens": refreshTokens } = await tracesOf(stack, ana.words);
  const secrets = [...(accounts ?? []).map(({ passwordHash }) => passwordHash), "argon2", "Hash"];
  for (const secret of [...secrets, ...(refreshTokens ?? []).map(({ _id }) => _id), "$"])
    expect(text).not.toContain(secret);
});

test("a person with nothing yet gets a whole document too", async () => {
  const exported = (await (await download(await Person.register(stack.router.url))).json()) as Export;
  expect([exported.lists.length, exported.tasks]).toEqual([1, []]);
});

test("without a token it is a problem document", async () => {
  const response = await fetch(`${stack.router.url}/export`);
  expect([response.status, response.headers.get("content-disposition")]).toEqual([401, null]);
  expect(await response.json()).toMatchObject({ code: "UNAUTHENTICATED" });
});

test("with a subgraph down from the start it is a problem document, and in GraphQL an error without data", async () => {
  await stack.tasks.stop();
  const response = await download(ana.person);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ code: "SUBGRAPH_UNAVAILABLE", subgraph: "tasks" });
  const { data, errors } = await ana.person.at(stack.router.url).ask("{ exportMyData { account lists } }");
  expect(data).toBeNull();
  expect(errors[0]?.extensions).toEqual({ code: "SUBGRAPH_UNAVAILABLE", subgraph: "tasks" });
  await stack.tasks.start();
  await stack.tasks.ready();
});

describe("of 6,000 long tasks to a client that does not read", () => {
  const count = 6_000;
  let large: FurnishedPerson;

  beforeAll(async () => {
    large = await furnishedPerson(stack);
    const [{ id: listId = "" } = {}] = await large.tasks.lists();
    await addTasks(stack, large.person.id, listId, count, "palabra ".repeat(800));
  });

  /** A download of which nothing is read; resolves when the router has stopped to ask for more pages. */
  async function stalledDownload(): Promise<Response> {
    pages = 0;
    const response = await download(large.person);
    let seen = 0;
    let unchanged = 0;
    const isStalled = () => {
      unchanged = pages === seen ? unchanged + 1 : 0;
      seen = pages;
      return pages > 0 && unchanged > 40;
    };
    await waitUntil(isStalled, { timeoutMs: 20_000, what: "the router to wait for the client" });
    expect(pages).toBeLessThan(count / 100 / 2);
    return response;
  }

  test("an export waits, and is whole when the client reads on, however slowly", async () => {
    const response = await stalledDownload();
    const chunks: Uint8Array[] = [];
    const startedAt = performance.now();
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      if (performance.now() - startedAt < 1.5 * answerTimeoutMs) await delay(50);
    }
    expect(performance.now() - startedAt).toBeGreaterThan(answerTimeoutMs);
    const exported = JSON.parse(Buffer.concat(chunks).toString()) as Export;
    expect(new Set(exported.tasks.map(({ id }) => id)).size).toBe(count + 5);
  }, 60_000);

  test("an export breaks off when the client takes none of it for too long", async () => {
    const response = await download(large.person);
    await delay(1.5 * answerTimeoutMs); // as long as this the client takes nothing
    await expect(response.text()).rejects.toThrow("terminated");
  }, 60_000);

  test("an export breaks off when a subgraph dies on the way", async () => {
    const response = await stalledDownload();
    await stack.tasks.stop();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
  });
});
