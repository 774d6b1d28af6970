import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientsOfRouter } from "../../../test/support/router-credential.ts";
import { mannWhitney } from "./rank-test.ts";
import { expectCode, UsersApi } from "./users-api.ts";
import { startUsersProcess, type UsersProcess } from "./users-process.ts";

let stack: Stack;
let server: UsersProcess;
let users: UsersApi;
let headersAt: (address: string) => Record<string, string>;

beforeAll(async () => {
  stack = await startStack({ services: ["users"] });
  server = await startUsersProcess({
    MONGODB_URI: stack.mongodb.uri,
    MONGODB_DATABASE: stack.databases.users,
    AUTH_PRIVATE_KEY_FILE: stack.serviceKeyFile.replace("service.key", "access-token.pem"),
    SERVICE_KEY_FILE: stack.serviceKeyFile,
    LOGIN_REVEALS_UNKNOWN_USER: "false",
    ...{ THROTTLE_LOGIN_FREE: "10000", THROTTLE_LOGIN_ADDRESS_FREE: "10000", THROTTLE_LOGIN_NAME_FREE: "10000" },
    // The cheapest hashes that are allowed: a difference beside them shows all the better.
    ...{ ARGON2_MEMORY_KIB: "7168", ARGON2_PASSES: "1" },
  });
  users = new UsersApi(server.url);
  headersAt = await clientsOfRouter(stack.serviceKeyFile, "users");
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await stack?.[Symbol.asyncDispose]();
});

const home = "203.0.113.1";
const triesEach = 200;
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** The times of wrong passwords for a known and an unknown name, in turn, each as often first as second. */
async function measure(address: string) {
  const times = { concealed: [] as number[], nobody_1: [] as number[] };
  const messages = new Set<string | undefined>();
  const names = ["concealed", "nobody_1"] as const; // of one length
  for (let round = -10; round < triesEach; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const startedAt = performance.now();
      const answer = await users.login(name, "wrong password", { headers: headersAt(address) });
      if (round >= 0) times[name].push(performance.now() - startedAt);
      expectCode(answer, "INVALID_CREDENTIALS");
      messages.add(answer.errors?.[0]?.message);
    }
  }
  expect(messages.size).toBe(1);
  const p = mannWhitney(times.concealed, times.nobody_1);
  const [known, unknown] = [median(times.concealed).toFixed(2), median(times.nobody_1).toFixed(2)];
  console.info(
    `from ${address}: known ${known} ms, unknown ${unknown} ms (medians of ${triesEach}), p = ${p.toFixed(3)}`,
  );
  return p;
}

test.each([
  ["where the account was never seen", "198.51.100.7"],
  ["where the account was made", home],
])(
  "an unknown name and a wrong password can't be told apart %s, in words or in time",
  async (_, address) => {
    await users.register({ username: "concealed", password: "correct horse battery" }, { headers: headersAt(home) });
    // One time in a hundred equal distributions look this different; a real difference does so every time.
    const p = (await measure(address)) > 0.01 || (await measure(address)) > 0.01;
    expect(p).toBe(true);
  },
  120_000,
);
