import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { mongo } from "mongoose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientsOfRouter } from "../../../test/support/router-credential.ts";
import { mailsTo, tokenOf } from "./mailbox.ts";
import { expectCode, expectFields, password, simultaneously, UsersApi } from "./users-api.ts";

// Delays are of a minute, so that none ends meanwhile.
const limits = { THROTTLE_FIRST_DELAY_MS: "60000", THROTTLE_PASSWORD_CHANGE_FREE: "3", THROTTLE_REGISTER_FREE: "3" };

let stack: Stack;
let users: UsersApi;
let client: mongo.MongoClient;
let headersAt: (address: string) => Record<string, string>;

beforeAll(async () => {
  stack = await startStack({ services: ["users"], env: { users: limits } });
  users = new UsersApi(stack.users.url);
  client = await mongo.MongoClient.connect(stack.mongodb.uri);
  headersAt = await clientsOfRouter(stack.serviceKeyFile, "users");
});
afterAll(async () => {
  await client?.close();
  await stack?.[Symbol.asyncDispose]();
});

let networks = 0;

/** A new account, whose owner is at an address of their own. */
async function person(username: string, input: object = {}) {
  const headers = headersAt(`198.18.${++networks}.1`);
  const { data } = await users.register({ username, password, ...input }, { headers });
  const token: string = data.register.accessToken;
  const update = (changes: object) =>
    users.query(
      "mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { user { username displayName email } } }",
      { input: changes },
      { token, headers },
    );
  const profile = async () =>
    (await users.query("{ me { username displayName email } }", {}, { token })).data.me as object;
  return { token, headers, update, profile };
}

test("what is absent stays, and what is null is cleared: the display name to the username", async () => {
  const { update, profile } = await person("Aroa", { displayName: "Aroa Vidal", email: "aroa@example.com" });
  const before = await profile();
  expect((await update({})).data.updateProfile.user).toEqual(before);
  const renamed = { ...before, displayName: "Doña Aroa" };
  expect((await update({ displayName: "  Doña Aroa " })).data.updateProfile.user).toEqual(renamed);
  expect(await profile()).toEqual(renamed);
  const cleared = { username: "Aroa", displayName: "Aroa", email: null };
  const answer = await update({ displayName: null, email: null, currentPassword: password });
  expect(answer.data.updateProfile.user).toEqual(cleared);
  expect(await profile()).toEqual(cleared);
});

test("is held to what registering is held to", async () => {
  const { update, profile } = await person("Bruno");
  const before = await profile();
  const long = { displayName: "x".repeat(65), email: "no address", currentPassword: password };
  expectFields(await update(long), { displayName: "TOO_LONG", email: "INVALID" });
  expectFields(await update({ displayName: " " }), { displayName: "TOO_SHORT" });
  expectFields(await update({ displayName: "a\u202eb" }), { displayName: "CONTROL_CHARACTER" });
  expect(await profile()).toEqual(before);
});

test("is nothing for somebody without a token", async () => {
  const operation = 'mutation { updateProfile(input: { displayName: "x" }) { user { id } } }';
  expectCode(await users.query(operation), "UNAUTHENTICATED");
});

describe("an e-mail address", () => {
  test("takes the current password to be another or none; all stays as it was without", async () => {
    const { update, profile } = await person("carme", { email: "carme@example.com" });
    const before = await profile();
    for (const email of ["other@example.com", "Carme@example.com", null]) {
      expectFields(await update({ email, displayName: "x" }), { currentPassword: "REQUIRED" });
      expectCode(await update({ email, displayName: "x", currentPassword: "a guess" }), "INVALID_CREDENTIALS");
      expect(await profile()).toEqual(before);
      await client.db(stack.databases.users).collection("throttles").deleteMany({});
    }
    expect((await update({ email: "carme@example.com" })).data.updateProfile.user).toEqual(before);
    const moved = await update({ email: "New@example.com", currentPassword: password });
    expect(moved.data.updateProfile.user).toEqual({ ...before, email: "New@example.com" });
    expect((await users.login("new@EXAMPLE.com", password)).errors).toBeUndefined();
    expectCode(await users.login("carme@example.com", password), "USER_NOT_FOUND");
    await users.newAccount("heir", { email: "carme@example.com" });
  });

  test("that another has is TAKEN, whatever its case, and nothing else changes then", async () => {
    await person("owner", { email: "theirs@example.com" });
    const { update, profile } = await person("envious");
    const before = await profile();
    const answer = await update({ displayName: "x", email: "Theirs@Example.com", currentPassword: password });
    expectFields(answer, { email: "TAKEN" });
    expect(await profile()).toEqual(before);
  });

  test("is one account's only, of two that want it at once", async () => {
    const both = [await person("twin.one"), await person("twin.two")];
    const wanted = { email: "twins@example.com", currentPassword: password };
    const answers = await Promise.all(both.map(({ update }) => update(wanted)));
    expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(1);
    for (const answer of answers) if (answer.errors) expectFields(answer, { email: "TAKEN" });
  });

  test("that was given up gets a mail that says so, and no token that was mailed to it counts any more", async () => {
    const { update } = await person("mover", { email: "mover@example.com" });
    const request = (email: string) =>
      users.query("mutation($e: String!) { requestPasswordReset(input: { email: $e }) { accepted } }", { e: email });
    await request("mover@example.com");
    const [asked] = await mailsTo(stack.mailDir, "mover@example.com");
    await update({ email: "moved@example.com", currentPassword: password });
    const [, told] = await mailsTo(stack.mailDir, "mover@example.com", 2);
    expect(told?.subject).toContain("el correo de tu cuenta ha cambiado");
    expect(told?.text).toMatch(/no fuiste tú.+not you/s);
    expect(told?.text).not.toContain("moved@example.com");
    const reset =
      'mutation($t: String!) { resetPassword(input: { token: $t, newPassword: "stolen away" }) { endedSessions } }';
    expectFields(await users.query(reset, { t: tokenOf(asked as never) }), { token: "INVALID" });
    await request("moved@example.com");
    await mailsTo(stack.mailDir, "moved@example.com");
  });

  test("can't be used to guess the password, nor to find out who has which address", async () => {
    const { update } = await person("guesser");
    const guess = (currentPassword: string, email: string) => update({ email, currentPassword });
    for (let index = 0; index < 3; index++) expectCode(await guess("a guess", "g@example.com"), "INVALID_CREDENTIALS");
    expectCode(await guess(password, "g@example.com"), "RATE_LIMITED");
    const prober = await person("prober");
    const probes = await simultaneously(8, (index) =>
      prober.update({ email: `probe.${index}@example.com`, currentPassword: password }),
    );
    const answered = probes.filter(({ errors }) => errors?.[0]?.extensions.code !== "RATE_LIMITED");
    expect(answered.length).toBeLessThanOrEqual(2); // with the account, as many as may be made
  });
});
