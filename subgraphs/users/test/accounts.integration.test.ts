import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectCode, expectFields, password, simultaneously, UsersApi } from "./users-api.ts";

let stack: Stack;
let users: UsersApi;

beforeAll(async () => {
  stack = await startStack({ services: ["users"] });
  users = new UsersApi(stack.users.url);
});
afterAll(() => stack?.[Symbol.asyncDispose]());

describe("register", () => {
  test("makes an account, signs in, and shows one's own e-mail address", async () => {
    const { status, data, errors } = await users.register({
      username: "Ñandú_1",
      password,
      email: "Nandu@Example.com",
      displayName: "  El ñandú  ",
    });
    expect(errors).toBeUndefined();
    expect(status).toBe(200);
    const { accessToken, expiresAt, refreshToken, user } = data.register;
    expect(user).toMatchObject({ username: "Ñandú_1", displayName: "El ñandú", email: "Nandu@Example.com" });
    expect(refreshToken).toBeNull();
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(890_000);
    expect(Date.now() - Date.parse(user.createdAt)).toBeLessThan(10_000);
    expect((await users.me(accessToken)).data.me).toEqual({
      id: user.id,
      username: "Ñandú_1",
      email: "Nandu@Example.com",
    });
  });

  test.each([{}, { email: null, displayName: null }])("does without what is optional: %j", async (absent) => {
    const username = `plain.${Object.keys(absent).length}`;
    const { data } = await users.register({ username, password, ...absent });
    expect(data.register.user).toMatchObject({ displayName: username, email: null });
  });

  test("shows a name in Unicode form NFC, and otherwise as it was given", async () => {
    expect((await users.newAccount("PIN\u0303ATA")).username).toBe("PI\u00d1ATA");
  });

  test.each([
    ["case", "Carla", "CARLA"],
    ["a ligature", "ﬁlip", "Filip"],
    ["width", "ｍａｒｉａ", "maria"],
    ["composition", "Begon\u0303a", "BEGO\u00d1A"],
    ["ß", "Groß", "GROẞ"],
    ["ß spelt out", "Weiß", "weiss"],
    ["a dotless i", "ılgın", "ILGIN"],
  ])("takes no account of %s when it looks whether a name is taken", async (_, first, second) => {
    await users.newAccount(first);
    expectFields(await users.register({ username: second, password }), { username: "TAKEN" });
  });

  test("takes no account of case when it looks whether an e-mail address is taken", async () => {
    await users.newAccount("mail.one", { email: "same@example.com" });
    const second = await users.register({ username: "mail.two", password, email: "Same@Example.COM" });
    expectFields(second, { email: "TAKEN" });
    await users.newAccount("mail.two");
  });

  test.each([
    ["a short name", { username: "ab" }, { username: "TOO_SHORT" }],
    ["a long name", { username: "a".repeat(33) }, { username: "TOO_LONG" }],
    ["an e-mail address for a name", { username: "ana@example.com" }, { username: "INVALID_CHARACTER" }],
    ["a name with a space", { username: "ana maria" }, { username: "INVALID_CHARACTER" }],
    ["a name with a line break", { username: "ana\nmaria" }, { username: "CONTROL_CHARACTER" }],
    ["a name that reads backwards", { username: "ana\u202eairam" }, { username: "CONTROL_CHARACTER" }],
    ["half an e-mail address", { email: "ana@" }, { email: "INVALID" }],
    ["an empty e-mail address", { email: "" }, { email: "INVALID" }],
    ["a long e-mail address", { email: `${"a".repeat(250)}@example.com` }, { email: "TOO_LONG" }],
    ["an empty display name", { displayName: "  " }, { displayName: "TOO_SHORT" }],
    ["a long display name", { displayName: "ñ".repeat(65) }, { displayName: "TOO_LONG" }],
    ["a short password", { password: "1234567" }, { password: "TOO_SHORT" }],
    ["a password of 129 characters", { password: "🙂".repeat(129) }, { password: "TOO_LONG" }],
    ["half a character in a password", { password: "\ud83dxxxxxxxx" }, { password: "INVALID_CHARACTER" }],
    [
      "all at once",
      { username: "", password: "", email: "x" },
      { username: "TOO_SHORT", password: "TOO_SHORT", email: "INVALID" },
    ],
  ])("refuses %s", async (_, change, fields) => {
    expectFields(await users.register({ username: "valid.name", password, ...change }), fields);
  });

  test("refuses a flood of combining marks without delay", async () => {
    const marks = "\u0301\u0323".repeat(60_000);
    const startedAt = performance.now();
    const answers = [
      await users.register({ username: `a${marks}`, password: `a${marks}`, displayName: `a${marks}` }),
      await users.login(`a${marks}`, `a${marks}`),
    ];
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expectFields(answers[0] as never, {
      username: "TOO_MANY_MARKS",
      password: "TOO_LONG",
      displayName: "TOO_MANY_MARKS",
    });
    expectFields(answers[1] as never, { username: "TOO_MANY_MARKS", password: "TOO_LONG" });
  });

  test.each([{ $ne: null }, { $gt: "" }, ["ana"], 7])("refuses %j for a name or a password", async (value) => {
    expect((await users.login(value, password)).status).toBe(400);
    expect((await users.login("ana", value)).status).toBe(400);
    expect((await users.register({ username: value, password })).status).toBe(400);
  });

  test("of 50 registrations of one name at once, one succeeds", async () => {
    const spellings = ["Simultánea", "SIMULTÁNEA", "simultánea", "Simulta\u0301nea"];
    const answers = await simultaneously(50, (index) =>
      users.register({ username: spellings[index % spellings.length], password }),
    );
    const refused = answers.filter(({ data }) => data === null);
    expect(refused).toHaveLength(49);
    for (const answer of refused) expectFields(answer, { username: "TAKEN" });
  });
});

describe("a password", () => {
  test.each([
    ["8 characters", "kx7-w2pq"],
    ["128 emoji", "🙂".repeat(128)],
    ["a NUL in the middle", "before\0after"],
    ["spaces at both ends", "  spaces  "],
    ["nothing but combining marks", "\u0301\u0323".repeat(20)],
    ["control characters", "\u0007\u001b[31m\r\n\t\u202e"],
  ])("may be of %s", async (kind, secret) => {
    const username = kind.replaceAll(" ", "_");
    await users.newAccount(username, { password: secret });
    expect((await users.login(username, secret)).data.login.user.username).toBe(username);
  });

  test("counts to its last character", async () => {
    await users.newAccount("exact.secret", { password: "before\0after  " });
    for (const near of ["before\0other  ", "before", "before\0after", "BEFORE\0AFTER  "]) {
      expectCode(await users.login("exact.secret", near), "INVALID_CREDENTIALS");
    }
  });

  test("is the same from a keyboard that writes decomposed letters", async () => {
    await users.newAccount("two.keyboards", { password: "contrasen\u0303a" });
    expect((await users.login("two.keyboards", "contrase\u00f1a")).errors).toBeUndefined();
  });

  test("is stored as an argon2id hash and never logged, nor is a token", async () => {
    const secret = "a-secret-that-is-nowhere-else";
    const { token } = await users.newAccount("log.reader", { password: secret });
    await users.login("log.reader", `${secret}!`);
    const logs = stack.users.logs.join("\n");
    expect(logs).toContain("Register");
    expect(logs).not.toContain(secret);
    expect(logs).not.toContain(token);
  });
});

describe("login", () => {
  let ana: Awaited<ReturnType<UsersApi["newAccount"]>>;
  beforeAll(async () => {
    ana = await users.newAccount("login.Ana", { email: "login.Ana@example.com" });
  });

  test.each(["login.Ana", "LOGIN.ANA", " login.ana ", "login.ana@example.com", "LOGIN.ANA@EXAMPLE.COM"])(
    "takes %j, in any case, for a name or an e-mail address",
    async (name) => {
      const { data } = await users.login(name, password);
      expect(data.login.user).toEqual({ id: ana.id, username: "login.Ana", email: "login.Ana@example.com" });
      expect((await users.me(data.login.accessToken)).data.me.id).toBe(ana.id);
    },
  );

  test("of a name or an address that nobody has is USER_NOT_FOUND", async () => {
    expectCode(await users.login("nobody.here", password), "USER_NOT_FOUND");
    expectCode(await users.login("nobody@example.com", password), "USER_NOT_FOUND");
  });

  test.each(["wrong password", "", "short"])("with the password %j is INVALID_CREDENTIALS", async (wrong) => {
    expectCode(await users.login("login.ana", wrong), "INVALID_CREDENTIALS");
  });

  test("refuses what is too long before it hashes", async () => {
    expectFields(await users.login("login.ana", "x".repeat(129)), { password: "TOO_LONG" });
    expectFields(await users.login("x".repeat(255), password), { username: "TOO_LONG" });
  });
});

describe("me and user", () => {
  test("me is null for nobody", async () => {
    expect(await users.me()).toEqual({ status: 200, data: { me: null }, errors: undefined });
  });

  test("a user is found by id, with the e-mail address for themselves only", async () => {
    const eva = await users.newAccount("eva.1", { email: "eva@example.com" });
    const leo = await users.newAccount("leo.1");
    const query = "query($id: ID!) { user(id: $id) { username email } }";
    const seen = await users.query(query, { id: eva.id }, { token: leo.token });
    expect(seen.data.user).toEqual({ username: "eva.1", email: null });
    const own = await users.query(query, { id: eva.id }, { token: eva.token });
    expect(own.data.user).toEqual({ username: "eva.1", email: "eva@example.com" });
  });

  test.each(["000000000000000000000000", "nonsense", "", "{$ne:null}", "x".repeat(5_000), 7])(
    "the id %j is NOT_FOUND",
    async (id) => {
      const { token } = await users.newAccount(`seeker${Math.random().toString(36).slice(2)}`);
      const answer = await users.query("query($id: ID!) { user(id: $id) { id } }", { id }, { token });
      expectCode(answer, "NOT_FOUND");
      expect(answer.data).toEqual({ user: null });
    },
  );

  test.each(["000000000000000000000000", "nonsense"])("user(id: %j) needs a signed-in viewer", async (id) => {
    expectCode(await users.query("query($id: ID!) { user(id: $id) { id } }", { id }), "UNAUTHENTICATED");
  });
});
