import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { mongo } from "mongoose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectCode, expectFields, password, simultaneously, UsersApi } from "./users-api.ts";
import { startUsersProcess, type UsersProcess } from "./users-process.ts";

let stack: Stack;
let users: UsersApi;
let weakServer: UsersProcess;
let weak: UsersApi;
let client: mongo.MongoClient;

beforeAll(async () => {
  stack = await startStack({ services: ["users"], env: { users: { ARGON2_MEMORY_KIB: "", ARGON2_PASSES: "" } } });
  users = new UsersApi(stack.users.url);
  client = await mongo.MongoClient.connect(stack.mongodb.uri);
  weakServer = await startUsersProcess({
    MONGODB_URI: stack.mongodb.uri,
    MONGODB_DATABASE: stack.databases.users,
    AUTH_PRIVATE_KEY_FILE: stack.serviceKeyFile.replace("service.key", "access-token.pem"),
    SERVICE_KEY_FILE: stack.serviceKeyFile,
    ...{ ARGON2_MEMORY_KIB: "8192", ARGON2_PASSES: "1", ARGON2_LANES: "2" },
  });
  weak = new UsersApi(weakServer.url);
});
afterAll(async () => {
  await client?.close();
  await weakServer?.[Symbol.asyncDispose]();
  await stack?.[Symbol.asyncDispose]();
});

const change = (token: string, newPassword: string, currentPassword = password) =>
  users.query(
    "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { endedSessions } }",
    { input: { currentPassword, newPassword } },
    { token },
  );

describe("a new password", () => {
  const owner = { username: "Maite", displayName: "Maite Etxeberria", email: "m.etxeberria@example.com" };

  test.each([
    ["one of the commonest", "12345678", "TOO_COMMON"],
    ["the last but a few of the commonest 10,000", "24081990", "TOO_COMMON"],
    ["a common one in capitals", "QWERTYUIOP", "TOO_COMMON"],
    ["a common one in full width", "ｐａｓｓｗｏｒｄ１", "TOO_COMMON"],
    ["the name and four more", "maite2026", "CONTAINS_NAME"],
    ["the name in capitals, between others", "12MAITE34", "CONTAINS_NAME"],
    ["the name again and again", "maitemaitemaite", "CONTAINS_NAME"],
    ["the name that is shown", "Maite Etxeberria!", "CONTAINS_NAME"],
    ["what stands before the @", "M.Etxeberria99", "CONTAINS_NAME"],
    ["two of the names", "maite+m.etxeberria", "CONTAINS_NAME"],
  ])("may not be %s", async (_, guessable, code) => {
    expectFields(await users.register({ ...owner, password: guessable }), { password: code });
  });

  test.each([
    ["the first that is not among the commonest 10,000", "25021983"],
    ["the name and five more", "maite-2026"],
    ["common words in a row", "password qwertyuiop"],
  ])("may be %s", async (_, secret) => {
    const username = `maite${secret.length}`;
    const { errors } = await users.register({ username: "Maite", password: secret, email: `${username}@example.com` });
    expect(errors).toBeUndefined();
    await client.db(stack.databases.users).collection("accounts").deleteOne({ usernameKey: "maite" });
  });

  test("is held to the same when it is changed", async () => {
    const { token } = await users.newAccount("Gorka", { email: "zaldibar@example.com", displayName: "Txomin" });
    expectFields(await change(token, "iloveyou"), { newPassword: "TOO_COMMON" });
    for (const own of ["gorka123", "1zaldibar", "TXOMIN11"])
      expectFields(await change(token, own), { newPassword: "CONTAINS_NAME" });
    expect((await change(token, "a better one")).errors).toBeUndefined();
  });
});

describe("a hash that is weaker than today's", () => {
  const hashOf = async (username: string) =>
    (await client.db(stack.databases.users).collection("accounts").findOne({ username }))?.passwordHash as string;
  const today = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;

  test("is renewed when its owner signs in, and by nothing else", async () => {
    const { id } = await weak.newAccount("renewed");
    const old = await hashOf("renewed");
    expect(old).toMatch(/^\$argon2id\$v=19\$m=8192,t=1,p=2\$/);
    await users.login("renewed", "a wrong guess");
    await weak.login("renewed", password);
    expect(await hashOf("renewed")).toBe(old);

    expect((await users.login("renewed", password)).data.login.user.id).toBe(id);
    const renewed = await hashOf("renewed");
    expect(renewed).toMatch(today);
    for (const door of [users, weak]) expect((await door.login("renewed", password)).errors).toBeUndefined();
    expect(await hashOf("renewed")).toBe(renewed);
  });

  test("never comes back over a password that is changed at the same time", async () => {
    for (let round = 0; round < 10; round++) {
      const { token, username } = await weak.newAccount(`raced.${round}`);
      const [{ errors }] = await Promise.all([
        change(token, "another battery"),
        simultaneously(4, () => users.login(username, password)),
      ]);
      // The change may have come after the renewal, and then it found the hash that it knew gone.
      const [current, other] = errors ? [password, "another battery"] : ["another battery", password];
      expect((await users.login(username, current)).errors).toBeUndefined();
      expectCode(await users.login(username, other), "INVALID_CREDENTIALS");
    }
  });
});
