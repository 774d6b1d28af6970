import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import jwt from "jsonwebtoken";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { RawConnection, requestText } from "../../../test/support/raw-connection.ts";
import { generatePem } from "../src/keys/key-file.ts";
import { expectFields, password, UsersApi } from "./users-api.ts";
import { runUsersProcess, startUsersProcess } from "./users-process.ts";

let folder: string;
let stack: Stack;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tareas-start-"));
  stack = await startStack({ services: ["users"] });
});
afterAll(async () => {
  await stack?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** The settings of one more users subgraph on the stack's database. */
const settings = (more: NodeJS.ProcessEnv = {}) => ({
  MONGODB_URI: stack.mongodb.uri,
  MONGODB_DATABASE: stack.databases.users,
  AUTH_PRIVATE_KEY_FILE: join(folder, "access-token.pem"),
  SERVICE_KEY_FILE: stack.serviceKeyFile,
  ...more,
});

test("two that start for the first time at once share one key and take each other's tokens", async () => {
  const file = join(folder, "fresh", "access-token.pem");
  const env = settings({ AUTH_PRIVATE_KEY_FILE: file });
  const [one, two] = await Promise.all([startUsersProcess(env), startUsersProcess(env)]);
  await using _one = one;
  await using _two = two;
  const { token, id } = await new UsersApi(one.url).newAccount("shared.key");
  expect((await new UsersApi(two.url).me(token)).data.me.id).toBe(id);
  expect(await readdir(join(folder, "fresh"))).toEqual(["access-token.pem"]);
});

test("whoever starts with a new key and an older one signs with the older until all know the new one", async () => {
  const file = join(folder, "rotated.pem");
  await writeFile(file, `${await generatePem()}${await generatePem()}`, { mode: 0o600 });
  await using server = await startUsersProcess(
    settings({ AUTH_PRIVATE_KEY_FILE: file, AUTH_KEY_ACTIVATION_SECONDS: "600" }),
  );
  const { token } = await new UsersApi(server.url).newAccount("older.key");
  const published = await fetch(`${server.url}/.well-known/jwks.json`);
  const { keys } = (await published.json()) as { keys: { kid: string }[] };
  const kid = jwt.decode(token, { complete: true })?.header.kid ?? "";
  expect(keys.map((key) => key.kid)).toEqual([expect.not.stringMatching(kid), kid]);
});

describe("a setting that is missing or wrong ends the start with one line that names it:", () => {
  test.each([
    ["no MONGODB_URI in production", { NODE_ENV: "production", MONGODB_URI: "" }, /^MONGODB_URI is not set: .+\n$/],
    [
      "a MONGODB_URI of another kind",
      { MONGODB_URI: "postgres://x:secret@y" },
      /^MONGODB_URI is not valid: (?!.*secret).+\n$/,
    ],
    ["no number for PORT", { PORT: "http" }, /^PORT is not valid: .+"http".+\n$/],
    ["neither true nor false", { LOGIN_REVEALS_UNKNOWN_USER: "no" }, /^LOGIN_REVEALS_UNKNOWN_USER is not valid: .+\n$/],
    ["hashes of next to no cost", { ARGON2_MEMORY_KIB: "64" }, /^ARGON2_MEMORY_KIB is not valid: .+"64".+\n$/],
    ["a token life of nothing", { ACCESS_TOKEN_TTL_SECONDS: "0" }, /^ACCESS_TOKEN_TTL_SECONDS is not valid: .+\n$/],
  ])("%s", async (_, env, line) => {
    const { code, stderr } = await runUsersProcess(settings(env));
    expect(stderr).toMatch(line);
    expect(stderr.split("\n")).toHaveLength(2);
    expect(code).toBe(1);
  });

  test("no key file in production, where none is made", async () => {
    const AUTH_PRIVATE_KEY_FILE = join(folder, "absent.pem");
    const { code, stderr } = await runUsersProcess(settings({ NODE_ENV: "production", AUTH_PRIVATE_KEY_FILE }));
    expect(stderr).toMatch(/^AUTH_PRIVATE_KEY_FILE: .*absent\.pem does not exist.*\n$/);
    expect(code).toBe(1);
    expect(await readdir(folder)).not.toContain("absent.pem");
  });

  test("a corrupt key file", async () => {
    const AUTH_PRIVATE_KEY_FILE = join(folder, "corrupt.pem");
    await writeFile(AUTH_PRIVATE_KEY_FILE, "-----BEGIN PRIVATE KEY-----\nMIIE", { mode: 0o600 });
    const { code, stderr } = await runUsersProcess(settings({ AUTH_PRIVATE_KEY_FILE }));
    expect(stderr).toMatch(/^AUTH_PRIVATE_KEY_FILE: .*corrupt\.pem holds no RSA private key\.\n$/);
    expect(code).toBe(1);
  });
});

describe("while MongoDB can't be reached", () => {
  const absent = () => settings({ MONGODB_URI: "mongodb://127.0.0.1:9/?replicaSet=nowhere" });

  test("it listens, is not ready, and SIGTERM ends it at once", async () => {
    const server = await startUsersProcess(absent(), "listening");
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(503);
    const startedAt = performance.now();
    await server[Symbol.asyncDispose](); // throws unless the exit code is 0
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test("a port that is taken is still told", async () => {
    const PORT = new URL(stack.users.url).port;
    const { code, stderr } = await runUsersProcess({ ...absent(), PORT });
    expect(stderr).toMatch(/^Port \d+ is taken .+\n$/);
    expect(code).toBe(1);
  });

  test.each(["mongodb://127.0.0.1:99999/", "mongodb://127.0.0.1/?bogusOption=1"])(
    "and never can, as with %s, it ends with one line",
    async (MONGODB_URI) => {
      const { code, stderr } = await runUsersProcess(settings({ MONGODB_URI }));
      expect(stderr).toMatch(/^MONGODB_URI can't be used: .+\n$/);
      expect(code).toBe(1);
    },
  );
});

test("with a MongoDB that hangs it is not ready, and says so within two seconds", async () => {
  const [member] = stack.mongodb.members;
  if (!member) return; // a MongoDB given by MONGODB_URI is not ours to stop
  member.pause();
  try {
    const startedAt = performance.now();
    expect((await fetch(`${stack.users.url}/health/ready`)).status).toBe(503);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  } finally {
    member.resume();
  }
  await stack.users.ready();
});

test("a database without indexes is refused", async () => {
  const { code, stderr } = await runUsersProcess(settings({ MONGODB_DATABASE: `${stack.databases.users}-bare` }));
  expect(stderr).toMatch(/^The collection accounts lacks the index .*usernameKey.*\n$/);
  expect(code).toBe(1);
});

describe("with LOGIN_REVEALS_UNKNOWN_USER=false", () => {
  test("a name that is taken is still said to be when one registers", async () => {
    await using server = await startUsersProcess(settings({ LOGIN_REVEALS_UNKNOWN_USER: "false" }));
    const users = new UsersApi(server.url);
    await users.newAccount("taken.anyway");
    expectFields(await users.register({ username: "taken.anyway", password }), { username: "TAKEN" });
  });
});

test("ACCESS_TOKEN_TTL_SECONDS sets when a token ends", async () => {
  await using server = await startUsersProcess(settings({ ACCESS_TOKEN_TTL_SECONDS: "60" }));
  const { data } = await new UsersApi(server.url).register({ username: "short.lived", password });
  const secondsLeft = (Date.parse(data.register.expiresAt) - Date.now()) / 1_000;
  expect(secondsLeft).toBeGreaterThan(50);
  expect(secondsLeft).toBeLessThanOrEqual(60);
});

const cheapHashes = { ARGON2_MEMORY_KIB: "7168", ARGON2_PASSES: "1" };

test("SIGTERM in the midst of work ends what was begun, and then the process with 0", { timeout: 60_000 }, async () => {
  const server = await startUsersProcess(settings({ THROTTLE_LOGIN_FREE: "100", ...cheapHashes }));
  const users = new UsersApi(server.url);
  await users.newAccount("drained");
  const logins = Array.from({ length: 40 }, () => users.login("drained", password));
  await Promise.race(logins);

  const startedAt = performance.now();
  await server[Symbol.asyncDispose](); // throws unless the exit code is 0
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  const answers = (await Promise.allSettled(logins)).filter((login) => login.status === "fulfilled");
  // Those that had not reached the server yet were turned away.
  const answered = answers.filter(({ value }) => value.status !== 503);
  expect(answered.length).toBeGreaterThan(1);
  for (const { value } of answered) expect(value.data.login.user.username).toBe("drained");
});

test("connections on which nothing is asked, or never to the end, don't keep a server from ending", async () => {
  const server = await startUsersProcess(settings({}));
  using silent = await RawConnection.open(server.url);
  using halting = await RawConnection.open(server.url);
  halting.write("POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\n");
  const startedAt = performance.now();
  await server[Symbol.asyncDispose](); // throws unless the exit code is 0
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(await Promise.all([silent.closed, halting.closed])).toEqual(["", ""]);
});

test("when nobody takes its last spans, a server ends in order all the same", async () => {
  const nobody = { OTEL_TRACES_EXPORTER: "zipkin", OTEL_EXPORTER_ZIPKIN_ENDPOINT: "http://127.0.0.1:1/api/v2/spans" };
  const server = await startUsersProcess(settings(nobody));
  await new UsersApi(server.url).newAccount("untold");
  await server[Symbol.asyncDispose](); // throws unless the exit code is 0
});

test("with a drain delay, whoever still comes after SIGTERM is answered, and told to go elsewhere", async () => {
  const server = await startUsersProcess(settings({ DRAIN_DELAY_MS: "1500" }));
  const health = async () => (await fetch(`${server.url}/health/ready`)).status;
  await vi.waitUntil(async () => (await health()) === 200, 10_000);
  const query = JSON.stringify({ query: "{ __typename }" });
  const ask = () =>
    fetch(`${server.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: query });
  expect((await ask()).headers.get("connection")).toBe("keep-alive");

  const stopped = server[Symbol.asyncDispose]();
  await vi.waitUntil(async () => (await health()) === 503, 1_000);
  const late = await ask();
  expect(late.status).toBe(200);
  expect(late.headers.get("connection")).toBe("close");
  expect(late.headers.get("x-envoy-immediate-health-check-fail")).toBe("true");
  await stopped; // throws unless the exit code is 0
});

test("what has arrived by the end of the drain delay is answered, though the process had no time to read it", async () => {
  const drainMs = 1_000;
  const server = await startUsersProcess(settings({ DRAIN_DELAY_MS: String(drainMs) }));
  const body = JSON.stringify({ query: "{ __typename }" });
  const question = requestText("POST", "/graphql", { "content-type": "application/json" }, body);
  using kept = await RawConnection.open(server.url);
  kept.write(question);
  await kept.received(/"data"/);

  const stopped = server[Symbol.asyncDispose]();
  await vi.waitUntil(() => server.logs.some((line) => line.includes('"draining"')));
  server.freeze();
  const frozenAt = performance.now();
  const fresh = await Promise.all(Array.from({ length: 5 }, () => RawConnection.open(server.url)));
  for (const connection of [kept, ...fresh]) connection.write(question);
  await vi.waitUntil(() => performance.now() - frozenAt > drainMs, 2 * drainMs);
  server.thaw();
  expect((await kept.closed).match(/"data"/g)).toHaveLength(2);
  for (const connection of fresh) expect(await connection.closed).toMatch(/"data"/);
  await stopped; // throws unless the exit code is 0
});
