import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientsOfRouter } from "../../../test/support/router-credential.ts";
import { password, simultaneously, UsersApi } from "./users-api.ts";
import { startUsersProcess, type UsersProcess } from "./users-process.ts";

// An attacker sends 10,000 wrong passwords for one account, as fast as they are answered, with the limits as they are
// when nobody sets any. How many are looked at is counted by the hashes that the server logs.

const attemptsInAll = 10_000;
const attemptsAtOnce = 40;

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
    LOG_LEVEL: "debug",
  });
  users = new UsersApi(server.url);
  headersAt = await clientsOfRouter(stack.serviceKeyFile, "users");
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await stack?.[Symbol.asyncDispose]();
});

const login = (name: string, secret: string, address: string) =>
  users.login(name, secret, { headers: headersAt(address) });
const logged = (what: string) => server.logs.filter((line) => line.includes(what)).length;
const hashes = () => logged("a password was hashed");
const loginsLogged = () => logged('"operationName":"Login"');

/** Runs the attack, and `midway` once 2,000 were sent. Returns how often each code came, and how many were hashed. */
async function attack(name: string, addressOf: (index: number) => string, midway: () => Promise<void>) {
  const hashedBefore = hashes();
  const loggedBefore = loginsLogged();
  const codes = new Map<unknown, number>();
  let sent = 0;
  const attacker = async () => {
    while (sent < attemptsInAll) {
      const index = sent++;
      const { errors } = await login(name, `guess number ${index}`, addressOf(index));
      const code = errors?.[0]?.extensions.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  };
  const attackers = simultaneously(attemptsAtOnce, attacker);
  await waitUntil(() => sent >= 2_000, { timeoutMs: 400_000, what: "the attack to be under way" });
  await midway();
  await attackers;
  await waitUntil(() => loginsLogged() - loggedBefore >= attemptsInAll, { timeoutMs: 20_000, what: "the log" });
  return { codes, hashed: hashes() - hashedBefore };
}

const expectLetIn = async (name: string, address: string) =>
  expect((await login(name, password, address)).errors).toBeUndefined();

test("from one address: a few dozen are looked at, and the owner signs in anywhere else", {
  timeout: 600_000,
}, async () => {
  const home = "203.0.113.1";
  await users.register({ username: "one.attacker", password }, { headers: headersAt(home) });
  const { codes, hashed } = await attack(
    "one.attacker",
    () => "198.51.100.7",
    async () => {
      await expectLetIn("one.attacker", home);
      await expectLetIn("one.attacker", "192.0.2.1");
    },
  );
  console.info(`10,000 guesses from one address: ${hashed - 2} looked at`, Object.fromEntries(codes));
  expect([...codes.keys()].toSorted()).toEqual(["INVALID_CREDENTIALS", "RATE_LIMITED"]);
  expect(hashed - 2).toBe(codes.get("INVALID_CREDENTIALS"));
  expect(hashed - 2).toBeGreaterThanOrEqual(10);
  expect(hashed - 2).toBeLessThan(30);
  await expectLetIn("one.attacker", home);
  await expectLetIn("one.attacker", "192.0.2.2");
});

test("from 10,000 addresses: a few dozen are looked at, and the owner signs in where they were seen", {
  timeout: 600_000,
}, async () => {
  const home = "203.0.113.2";
  await users.register({ username: "ten.thousand", password }, { headers: headersAt(home) });
  const addressOf = (index: number) => `10.7.${index >> 8}.${index & 255}`;
  const { codes, hashed } = await attack("ten.thousand", addressOf, () => expectLetIn("ten.thousand", home));
  console.info(`10,000 guesses from 10,000 addresses: ${hashed - 1} looked at`, Object.fromEntries(codes));
  expect([...codes.keys()].toSorted()).toEqual(["INVALID_CREDENTIALS", "RATE_LIMITED"]);
  expect(hashed - 1).toBe(codes.get("INVALID_CREDENTIALS"));
  expect(hashed - 1).toBeGreaterThanOrEqual(50);
  expect(hashed - 1).toBeLessThan(80);
  await expectLetIn("ten.thousand", home);
});
