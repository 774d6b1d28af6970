import { createServer } from "node:net";
import { join } from "node:path";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MailServer, tokenOf } from "./mailbox.ts";
import { simultaneously, UsersApi } from "./users-api.ts";
import { runUsersProcess, startUsersProcess, type UsersProcess } from "./users-process.ts";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ services: ["users"] });
});
afterAll(() => stack?.[Symbol.asyncDispose]());

/** The settings of one more users subgraph on the stack's database, which sends its mail to a server. */
const settings = (more: NodeJS.ProcessEnv = {}) => ({
  MONGODB_URI: stack.mongodb.uri,
  MONGODB_DATABASE: stack.databases.users,
  AUTH_PRIVATE_KEY_FILE: join(stack.mailDir, "..", "keys", "access-token.pem"),
  SERVICE_KEY_FILE: stack.serviceKeyFile,
  ...more,
});

const request = async ({ url }: UsersProcess, email: string) => {
  const startedAt = performance.now();
  const answer = await new UsersApi(url).query(
    "mutation($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }",
    { input: { email } },
  );
  expect(answer.errors).toBeUndefined();
  return performance.now() - startedAt;
};

/** An account that a mail can go to. */
async function withMailbox({ url }: UsersProcess, name: string): Promise<string> {
  const email = `${name}@example.com`;
  await new UsersApi(url).newAccount(name, { email });
  return email;
}

test("a mail goes out by SMTP, from the address and with the link that the settings say", async () => {
  await using mailServer = await MailServer.start();
  await using users = await startUsersProcess(
    settings({ MAIL_URL: mailServer.url, MAIL_FROM: "hola@tareas.test", PUBLIC_URL: "https://tareas.test/" }),
  );
  const email = await withMailbox(users, "by.smtp");
  await request(users, email);
  const [delivered] = await mailServer.deliveredTo(email);
  if (!delivered) throw new Error("no mail");
  expect(delivered.recipients).toEqual([email]);
  expect(delivered.mail.from?.text).toBe('"Tareas" <hola@tareas.test>');
  expect(delivered.mail.text).toContain(`https://tareas.test/reset-password#token=${tokenOf(delivered.mail)}`);
});

describe("a mail server that", () => {
  test("can't take a mail yet gets it again", async () => {
    await using mailServer = await MailServer.start((index) => (index === 0 ? 451 : "accept"));
    await using users = await startUsersProcess(settings({ MAIL_URL: mailServer.url }));
    const email = await withMailbox(users, "retried");
    await request(users, email);
    await mailServer.deliveredTo(email);
    expect(mailServer.attempts).toBe(2);
  });

  test("refuses a mail for good does not get it again", async () => {
    await using mailServer = await MailServer.start((index) => (index === 0 ? 550 : "accept"));
    const users = await startUsersProcess(settings({ MAIL_URL: mailServer.url }));
    const first = await withMailbox(users, "refused");
    const second = await withMailbox(users, "not.refused");
    await request(users, first);
    await mailServer.attempted(1);
    await request(users, second);
    await mailServer.deliveredTo(second);
    // What was to be tried again would be tried now.
    await users[Symbol.asyncDispose]();
    expect(mailServer.attempts).toBe(2);
  });

  test("hangs delays no answer, and other mails go out beside the one that it holds", async () => {
    await using mailServer = await MailServer.start((index) => (index === 0 ? "hang" : "accept"));
    const users = await startUsersProcess(settings({ MAIL_URL: mailServer.url }));
    const held = await withMailbox(users, "held.up");
    expect(await request(users, held)).toBeLessThan(1_000);
    await mailServer.attempted(1);
    const free = await withMailbox(users, "goes.on");
    expect(await request(users, free)).toBeLessThan(1_000);
    const askedAt = performance.now();
    await mailServer.deliveredTo(free);
    // Well before the first one is given up.
    expect(performance.now() - askedAt).toBeLessThan(8_000);
    // It ends all the same, and in time.
    const startedAt = performance.now();
    await users[Symbol.asyncDispose]();
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });

  test("is not there delays no answer and no end", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => closed.once("listening", resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    const users = await startUsersProcess(settings({ MAIL_URL: `smtp://127.0.0.1:${port}` }));
    const email = await withMailbox(users, "unreachable");
    const times = await simultaneously(10, () => request(users, email));
    expect(Math.max(...times)).toBeLessThan(1_000);
    const startedAt = performance.now();
    await users[Symbol.asyncDispose]();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

test("SIGTERM right after the answer still sends the mail", async () => {
  await using mailServer = await MailServer.start();
  const users = await startUsersProcess(settings({ MAIL_URL: mailServer.url }));
  const email = await withMailbox(users, "at.the.end");
  await request(users, email);
  await users[Symbol.asyncDispose]();
  expect(mailServer.delivered.map(({ recipients }) => recipients)).toEqual([[email]]);
});

describe("in production", () => {
  const production = { NODE_ENV: "production" };

  test("without MAIL_URL requests are answered, and the log says that nothing is sent", async () => {
    const users = await startUsersProcess(settings(production));
    await using _users = users;
    const email = await withMailbox(users, "no.mail");
    await request(users, email);
    await users[Symbol.asyncDispose]();
    const warnings = users.logs.filter((line) => line.includes("MAIL_URL is not set"));
    expect(warnings).toHaveLength(2);
    expect(users.logs.join("\n")).not.toMatch(/tpr_|no\.mail@example/);
  });

  test.each([
    ["MAIL_FROM", { PUBLIC_URL: "https://tareas.test" }, /^MAIL_FROM is not set: .+\n$/],
    ["PUBLIC_URL", { MAIL_FROM: "hola@tareas.test" }, /^PUBLIC_URL is not set: .+\n$/],
  ])("%s has to be set where mail is sent", async (_, given, line) => {
    const MAIL_URL = "smtp://127.0.0.1:2525";
    const { code, stderr } = await runUsersProcess(settings({ ...production, MAIL_URL, ...given }));
    expect(stderr).toMatch(line);
    expect(code).toBe(1);
  });
});

test.each([
  [
    "a MAIL_URL of another kind",
    { MAIL_URL: "http://me:secret@127.0.0.1" },
    /^MAIL_URL is not valid: (?!.*secret).+\n$/,
  ],
  ["a MAIL_FROM with a line break", { MAIL_FROM: "a@b.test\r\nBcc: eve@evil.test" }, /^MAIL_FROM is not valid: .+\n$/],
  [
    "tokens for more than an hour",
    { PASSWORD_RESET_TTL_MINUTES: "61" },
    /^PASSWORD_RESET_TTL_MINUTES is not valid: .+\n$/,
  ],
])("%s ends the start", async (_, env, line) => {
  const { code, stderr } = await runUsersProcess(settings(env));
  expect(stderr).toMatch(line);
  expect(code).toBe(1);
});
