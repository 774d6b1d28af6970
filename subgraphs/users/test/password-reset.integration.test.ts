import { join } from "node:path";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { mongo } from "mongoose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routerCredential } from "../../../test/support/router-credential.ts";
import { mailsTo, modesIn, readMailFolder, recipientsOf, tokenOf } from "./mailbox.ts";
import { plansOf } from "./profiler.ts";
import { mannWhitney } from "./rank-test.ts";
import { expectCode, expectFields, password, simultaneously, UsersApi } from "./users-api.ts";
import { startUsersProcess } from "./users-process.ts";

const newPassword = "a password that is new";

let stack: Stack;
let users: UsersApi;
let client: mongo.MongoClient;

beforeAll(async () => {
  stack = await startStack({ services: ["users"], env: { users: { THROTTLE_PASSWORD_RESET_FREE: "100000" } } });
  users = new UsersApi(stack.users.url);
  client = await mongo.MongoClient.connect(stack.mongodb.uri);
});
afterAll(async () => {
  await client?.close();
  await stack?.[Symbol.asyncDispose]();
});

const database = () => client.db(stack.databases.users);
const resets = () => database().collection("passwordResets");

/** The settings of one more users subgraph on the stack's database. */
const settings = () => ({
  MONGODB_URI: stack.mongodb.uri,
  MONGODB_DATABASE: stack.databases.users,
  AUTH_PRIVATE_KEY_FILE: join(stack.mailDir, "..", "keys", "access-token.pem"),
  SERVICE_KEY_FILE: stack.serviceKeyFile,
});

const request = (email: unknown, headers: Record<string, string> = {}) =>
  users.query(
    "mutation Request($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }",
    { input: { email } },
    { headers },
  );
const reset = (token: unknown, secret: unknown = newPassword) =>
  users.query("mutation Reset($input: ResetPasswordInput!) { resetPassword(input: $input) { endedSessions } }", {
    input: { token, newPassword: secret },
  });

const limited = "RATE_LIMITED";
const accepted = { status: 200, data: { requestPasswordReset: { accepted: true } }, errors: undefined };
const refused = { token: "INVALID" };

/** An account with an e-mail address, and the token that was mailed to it. */
async function forgetful(name: string) {
  const email = `${name}@example.com`;
  const account = await users.newAccount(name, { email });
  expect(await request(email)).toEqual(accepted);
  const [mail] = await mailsTo(stack.mailDir, email);
  return { ...account, email, resetToken: tokenOf(mail as never) };
}

const eventsOf = async (token: string) => {
  const { data } = await users.query("{ securityEvents(first: 100) { nodes { type address device } } }", {}, { token });
  return data.securityEvents.nodes as { type: string; address: string; device: string }[];
};

/** Waits until what was asked for before now is done: a mail that is asked for now comes after it, but for the delay. */
async function settled(): Promise<void> {
  const name = `settled${Math.random().toString(36).slice(2)}`;
  for (const round of [1, 2]) await forgetful(`${name}${round}`);
}

describe("the mail", () => {
  test("goes to the address of the account, with a link, a token, and both languages as text and HTML", async () => {
    await forgetful("mail.form");
    const [mail] = await mailsTo(stack.mailDir, "mail.form@example.com");
    if (!mail) throw new Error("no mail");
    const token = tokenOf(mail);
    const link = `http://127.0.0.1:${new URL(stack.router.url).port}/reset-password#token=${token}`;
    expect(mail.from?.value).toEqual([{ address: "tareas@tareas.example", name: "Tareas" }]);
    expect(recipientsOf(mail)).toEqual(["mail.form@example.com"]);
    expect(mail.subject).toBe("Tareas: restablecer la contraseña / reset your password");
    expect(mail.text).toContain(`\n${link}\n`);
    expect(mail.text).toMatch(/contraseña nueva.+30 minutos.+new password.+30 minutes/s);
    expect(mail.html).toContain(`<a href="${link}">${link}</a>`);
    expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
  });

  test("says nothing that the account's owner chose", async () => {
    const displayName = 'Premio </p><a href="http://evil.example">clic</a>';
    await users.newAccount("www.evil.example", { displayName, email: "chosen@example.com" });
    await request("chosen@example.com");
    const [mail] = await mailsTo(stack.mailDir, "chosen@example.com");
    expect(`${mail?.subject} ${mail?.text} ${mail?.html}`).not.toMatch(/evil|Premio/);
  });

  test("goes to the address that is stored, not to one that only counts as the same", async () => {
    await users.newAccount("stored.address", { email: "Mike.Hill@example.com" });
    expect(await request("mIKE.hILL@eXAMPLE.com")).toEqual(accepted);
    const [mail] = await mailsTo(stack.mailDir, "Mike.Hill@example.com");
    expect(mail && recipientsOf(mail)).toEqual(["Mike.Hill@example.com"]);
  });

  test.each([
    "ana@example.com\r\nBcc: eve@example.com",
    "ana@example.com\nBcc: eve@example.com",
    "ana@example.com,eve@example.com",
    "m\u0131ke@example.com",
    "ana@ex\u0430mple.com",
    "ana\uff20example.com",
    "",
  ])("can't be asked for to %j", async (email) => {
    expectFields(await request(email), { email: email.includes("\n") ? "CONTROL_CHARACTER" : "INVALID" });
  });

  test("is a file that only its owner may read, and the log names it without the token", async () => {
    const { resetToken } = await forgetful("private.mail");
    expect(new Set(await modesIn(stack.mailDir))).toEqual(new Set([0o600]));
    await reset(resetToken);
    const logs = stack.users.logs.join("\n");
    expect(logs).toContain(".eml");
    expect(logs).not.toContain("tpr_");
    expect(logs).not.toContain("private.mail@example.com");
  });

  test("comes three times an hour at most, however often and at once it is asked for", async () => {
    const email = "flooded@example.com";
    await users.newAccount("flooded", { email });
    for (let round = 0; round < 3; round++) await simultaneously(10, () => request(email));
    await mailsTo(stack.mailDir, email, 3);
    await settled();
    expect(await mailsTo(stack.mailDir, email)).toHaveLength(3);
    await resets().updateOne({ "mails.2": { $exists: true } }, [
      {
        $set: {
          mails: {
            $map: { input: "$mails", in: { $mergeObjects: ["$$this", { sentAt: new Date(Date.now() - 3_700_000) }] } },
          },
        },
      },
    ]);
    await request(email);
    await mailsTo(stack.mailDir, email, 4);
  });

  test("does not come for an address that nobody has, which leaves nothing", async () => {
    expect(await request("nobody@example.com")).toEqual(accepted);
    await settled();
    expect((await readMailFolder(stack.mailDir)).flatMap(recipientsOf)).not.toContain("nobody@example.com");
    for (const { name } of await database().listCollections().toArray())
      expect(JSON.stringify(await database().collection(name).find().toArray())).not.toContain("nobody@example.com");
  });
});

describe("a token", () => {
  test("sets the password, ends all sessions, and is an event, as the request was", async () => {
    const { token, resetToken } = await forgetful("sets");
    const { data, errors } = await reset(resetToken);
    expect(errors).toBeUndefined();
    expect(data.resetPassword.endedSessions).toBe(1);
    expectCode(await users.me(token), "UNAUTHENTICATED");
    expectCode(await users.login("sets", password), "INVALID_CREDENTIALS");
    const signedIn = await users.login("sets", newPassword);
    const types = (await eventsOf(signedIn.data.login.accessToken)).map(({ type }) => type);
    expect(types.filter((type) => type !== "SIGN_IN_FAILED")).toEqual([
      "SIGNED_IN",
      "PASSWORD_RESET",
      "PASSWORD_RESET_REQUESTED",
      "SIGNED_IN",
      "REGISTERED",
    ]);
  });

  test("is followed by a mail that says so, as is a change of the password", async () => {
    const { email, resetToken } = await forgetful("told");
    await reset(resetToken);
    const [, told] = await mailsTo(stack.mailDir, email, 2);
    expect(told?.subject).toContain("tu contraseña ha cambiado");
    expect(told?.text).toMatch(/no fuiste tú.+not you/s);
    const { data } = await users.login("told", newPassword);
    const change = "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { endedSessions } }";
    const input = { currentPassword: newPassword, newPassword: "yet another one" };
    await users.query(change, { input }, { token: data.login.accessToken });
    await mailsTo(stack.mailDir, email, 3);
  });

  test("works once; of twenty uses at once, one succeeds", async () => {
    const { resetToken } = await forgetful("once");
    const secrets = Array.from({ length: 20 }, (_, index) => `the password number ${index}`);
    const answers = await simultaneously(20, (index) => reset(resetToken, secrets[index]));
    const successes = answers.flatMap(({ errors }, index) => (errors === undefined ? [index] : []));
    expect(successes).toHaveLength(1);
    for (const [index, answer] of answers.entries()) if (!successes.includes(index)) expectFields(answer, refused);
    expectFields(await reset(resetToken), refused);
    expect((await users.login("once", secrets[successes[0] as number])).errors).toBeUndefined();
  });

  test("works beside the others that were mailed, and makes them void", async () => {
    const { email, resetToken: first } = await forgetful("several");
    await request(email);
    const [, mail] = await mailsTo(stack.mailDir, email, 2);
    const second = tokenOf(mail as never);
    expect((await reset(first)).errors).toBeUndefined();
    expectFields(await reset(second), refused);
  });

  test("is void once the password was changed", async () => {
    const { token, resetToken } = await forgetful("changed");
    const change = "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { endedSessions } }";
    const input = { currentPassword: password, newPassword: "changed by hand" };
    expect((await users.query(change, { input }, { token })).errors).toBeUndefined();
    expectFields(await reset(resetToken), refused);
    expect((await users.login("changed", "changed by hand")).errors).toBeUndefined();
  });

  test("works for half an hour", async () => {
    const { id, resetToken } = await forgetful("expires");
    const account = { _id: new mongo.ObjectId(id) };
    const record = await resets().findOne(account);
    expect(record?.mails[0].expiresAt - record?.mails[0].sentAt).toBe(30 * 60 * 1_000);
    await resets().updateOne(account, { $set: { "mails.0.expiresAt": new Date(Date.now() - 1) } });
    expectFields(await reset(resetToken), refused);
    await resets().updateOne(account, { $set: { "mails.0.expiresAt": new Date(Date.now() + 60_000) } });
    expect((await reset(resetToken)).errors).toBeUndefined();
  });

  test("is not spent by a password that won't do", async () => {
    const { resetToken } = await forgetful("weak");
    expectFields(await reset(resetToken, "short"), { newPassword: "TOO_SHORT" });
    expectFields(await reset(resetToken, "x".repeat(129)), { newPassword: "TOO_LONG" });
    expectFields(await reset(resetToken, "password1"), { newPassword: "TOO_COMMON" });
    expectFields(await reset(resetToken, "weakweak"), { newPassword: "CONTAINS_NAME" });
    expect((await reset(resetToken)).errors).toBeUndefined();
  });

  test.each([
    ["empty", ""],
    ["cut short", "tpr_"],
    ["of nobody", `tpr_${"x".repeat(43)}`],
    ["endless", "x".repeat(100_000)],
    ["no text", "\0"],
  ])("is refused when it is %s", async (_, token) => {
    expectFields(await reset(token), refused);
  });

  test("is stored as a hash only", async () => {
    const { resetToken, id } = await forgetful("hashed");
    const record = await resets().findOne({ _id: new mongo.ObjectId(id) });
    expect(record?.mails[0].tokenHash).toMatch(/^[A-Za-z0-9_-]{43}$/);
    for (const { name } of await database().listCollections().toArray())
      expect(JSON.stringify(await database().collection(name).find().toArray())).not.toContain(resetToken.slice(4));
  });

  test("is found by an index", async () => {
    const plans = await plansOf(database(), "passwordResets", () => reset(`tpr_${"y".repeat(43)}`));
    expect(plans).toEqual(["IXSCAN { mails.tokenHash: 1 }"]);
  });
});

describe("nobody can tell by the time", () => {
  // Times that are alike differ this much once in a thousand runs; a look-up before the answer does so in all of them.
  const leastP = 0.001;
  const timed = async (work: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  };

  test("whether an address is somebody's", async () => {
    const rounds = 120;
    const records = Array.from({ length: rounds }, (_, index) => ({
      username: `timed${index}`,
      usernameKey: `timed${index}`,
      displayName: "timed",
      email: `timed${index}@example.com`,
      emailKey: `timed${index}@example.com`,
      passwordHash: "",
      createdAt: new Date(),
    }));
    await database().collection("accounts").insertMany(records);
    const known = { request: [] as number[], next: [] as number[] };
    const unknown = { request: [] as number[], next: [] as number[] };
    const ask = async (email: string, times: typeof known) => {
      times.request.push(await timed(async () => expect(await request(email)).toEqual(accepted)));
      // What is done for an answer after it must not show in the next one either.
      times.next.push(await timed(() => users.me()));
    };
    for (let round = 0; round < 10; round++) await request(`warm${round}@example.com`);
    for (let round = 0; round < rounds; round++) {
      const asks = [() => ask(`timed${round}@example.com`, known), () => ask(`other${round}@example.com`, unknown)];
      // Neither always comes after the other.
      for (const next of round % 2 === 0 ? asks : asks.reverse()) await next();
    }
    for (const which of ["request", "next"] as const) {
      const p = mannWhitney(known[which], unknown[which]);
      console.info(`requestPasswordReset, ${which}: p = ${p.toFixed(3)} for ${rounds} of each`);
      expect(p).toBeGreaterThan(leastP);
    }
    await mailsTo(stack.mailDir, `timed${rounds - 1}@example.com`);
  });

  test("why a token is refused", async () => {
    const { resetToken: used } = await forgetful("timed.used");
    await reset(used);
    const { resetToken: expired, id } = await forgetful("timed.expired");
    await resets().updateOne({ _id: new mongo.ObjectId(id) }, { $set: { "mails.0.expiresAt": new Date(0) } });
    const times: Record<string, number[]> = { used: [], expired: [], unknown: [], malformed: [] };
    const tokens: Record<string, string> = { used, expired, unknown: `tpr_${"z".repeat(43)}`, malformed: "z" };
    for (let round = 0; round < 100; round++)
      for (const [kind, token] of Object.entries(tokens).sort(() => Math.random() - 0.5))
        times[kind]?.push(await timed(async () => expectFields(await reset(token), refused)));
    const { unknown = [], ...others } = times;
    for (const [kind, taken] of Object.entries(others)) {
      const p = mannWhitney(taken, unknown);
      console.info(`resetPassword: ${kind} and unknown, p = ${p.toFixed(3)}`);
      expect(p).toBeGreaterThan(leastP);
    }
  });
});

test("API tokens are revoked by a reset, and each of that is an event", async () => {
  const { token, resetToken } = await forgetful("has.api.token");
  const create = "mutation($input: CreateApiTokenInput!) { createApiToken(input: $input) { apiToken { id } } }";
  const made = await users.query(create, { input: { name: "my script", scopes: ["account:read"] } }, { token });
  expect(made.errors).toBeUndefined();
  expect((await reset(resetToken)).errors).toBeUndefined();
  const { data } = await users.login("has.api.token", newPassword);
  const query = "{ apiTokens { id } securityEvents { nodes { type detail } } }";
  const seen = await users.query(query, {}, { token: data.login.accessToken });
  expect(seen.data.apiTokens).toEqual([]);
  expect(seen.data.securityEvents.nodes).toEqual(
    expect.arrayContaining([
      { type: "API_TOKEN_CREATED", detail: "my script" },
      { type: "API_TOKEN_REVOKED", detail: "my script" },
    ]),
  );
});

test("who makes API tokens with a stolen session just then keeps none of them", async () => {
  const { token, resetToken } = await forgetful("robbed.in.time");
  const create = 'mutation { createApiToken(input: { name: "mine", scopes: ["account:read"] }) { apiToken { id } } }';
  let isReset = false;
  const making = Array.from({ length: 8 }, async () => {
    while (!isReset) await users.query(create, {}, { token });
    await users.query(create, {}, { token });
  });
  expect((await reset(resetToken)).errors).toBeUndefined();
  isReset = true;
  await Promise.all(making);
  const { data } = await users.login("robbed.in.time", newPassword);
  const seen = await users.query("{ apiTokens { id } }", {}, { token: data.login.accessToken });
  expect(seen.data.apiTokens).toEqual([]);
});

test("who asks for mails, or tries tokens, too often from one address is slowed down", async () => {
  const env = { ...settings(), THROTTLE_PASSWORD_RESET_FREE: "3", THROTTLE_FIRST_DELAY_MS: "60000" };
  await using server = await startUsersProcess(env);
  const slowed = new UsersApi(server.url);
  const credential = await routerCredential(stack.serviceKeyFile, "users");
  const headers = { ...credential, "x-client-address": "203.0.113.200" };
  const ask = (mutation: string) => slowed.query(`mutation { ${mutation} }`, {}, { headers });
  for (const mutation of [
    'requestPasswordReset(input: { email: "throttled@example.com" }) { accepted }',
    'resetPassword(input: { token: "tpr_", newPassword: "long enough" }) { endedSessions }',
  ]) {
    for (let round = 0; round < 3; round++)
      expect((await ask(mutation)).errors?.[0]?.extensions.code).not.toBe(limited);
    expectCode(await ask(mutation), limited);
  }
});

test("an event of a reset tells where it came from", async () => {
  const email = "from.where@example.com";
  await users.newAccount("from.where", { email });
  const credential = await routerCredential(stack.serviceKeyFile, "users");
  await request(email, { ...credential, "x-client-address": "203.0.113.5", "user-agent": "Other/1" });
  await mailsTo(stack.mailDir, email);
  const { data } = await users.login("from.where", password);
  const requested = await waitUntil(
    async () => (await eventsOf(data.login.accessToken)).find(({ type }) => type === "PASSWORD_RESET_REQUESTED"),
    { timeoutMs: 5_000, what: "the event" },
  );
  expect(requested).toEqual({ type: "PASSWORD_RESET_REQUESTED", address: "203.0.113.5", device: "Other/1" });
});
