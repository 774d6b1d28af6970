import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MailServer, tokenOf } from "../subgraphs/users/test/mailbox.ts";
import { Person, send } from "./support/person.ts";

// A password that is forgotten, from the router's door: all that a person, and whoever sat in their account, would see.

const email = "ana.forgot@example.com";
const oldPassword = "the old password";
const newPassword = "the new password";

let mailServer: MailServer;
let stack: Stack;

beforeAll(async () => {
  mailServer = await MailServer.start();
  stack = await startStack({ env: { users: { MAIL_URL: mailServer.url } } });
});
afterAll(async () => {
  await stack?.[Symbol.asyncDispose]();
  await mailServer?.[Symbol.asyncDispose]();
});

const router = () => stack.router.url;
const codes = ({ errors }: { errors: readonly { extensions: Record<string, unknown> }[] }) =>
  errors.map(({ extensions }) => extensions.code);

const register = (input: object) =>
  send<{ register: { accessToken: string; refreshToken: string; user: { id: string; username: string } } }>(
    router(),
    "mutation($input: RegisterInput!) { register(input: $input) { accessToken refreshToken user { id username } } }",
    { input: { ...input, refreshToken: "PAYLOAD" } },
  );
const request = (address: string) =>
  send(router(), "mutation($i: RequestPasswordResetInput!) { requestPasswordReset(input: $i) { accepted } }", {
    i: { email: address },
  });
const reset = (token: string) =>
  send(
    router(),
    "mutation($i: ResetPasswordInput!) { resetPassword(input: $i) { endedSessions } }",
    { i: { token, newPassword } },
    { "user-agent": "Reset/1" },
  );

test("a forgotten password is replaced by mail, and whoever was signed in is out everywhere", async () => {
  const { data } = await register({ username: "ana.forgot", password: oldPassword, email });
  const { accessToken, refreshToken, user } = data.register;
  const intruder = new Person(router(), accessToken, user.id, user.username);
  await intruder.get("{ me { id } taskLists { id } }");

  expect(await request("nobody.there@example.com")).toEqual(await request(email));
  const [delivered] = await mailServer.deliveredTo(email);
  if (!delivered) throw new Error("no mail");
  const token = tokenOf(delivered.mail);
  expect(delivered.mail.text).toContain(`${router()}/reset-password#token=${token}`);

  expect(await reset(token)).toMatchObject({ data: { resetPassword: { endedSessions: 1 } }, errors: [] });

  // Within seconds nobody takes the old session's token: not the router, and not the tasks subgraph by itself.
  for (const at of [router(), stack.tasks.url])
    await waitUntil(async () => codes(await intruder.at(at).ask("{ taskLists { id } }")).includes("UNAUTHENTICATED"), {
      timeoutMs: 8_000,
      what: `${at} to refuse the old session`,
    });
  const refresh = "mutation($i: RefreshSessionInput) { refreshSession(input: $i) { accessToken } }";
  expect(codes(await send(router(), refresh, { i: { refreshToken } }))).toEqual(["UNAUTHENTICATED"]);

  await expect(Person.signIn(router(), "ana.forgot", oldPassword)).rejects.toThrow("INVALID_CREDENTIALS");
  const ana = await Person.signIn(router(), email, newPassword);
  expect(ana.id).toBe(user.id);
  const again = await reset(token);
  expect(again.errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    fields: [{ path: "token", code: "INVALID" }],
  });

  const { securityEvents } = await ana.get<{ securityEvents: { nodes: { type: string; address: string }[] } }>(
    "{ securityEvents { nodes { type address device } } }",
  );
  const events = securityEvents.nodes.filter(({ type }) => type !== "SIGN_IN_FAILED");
  expect(events.map(({ type }) => type)).toEqual([
    "SIGNED_IN",
    "PASSWORD_RESET",
    "PASSWORD_RESET_REQUESTED",
    "SIGNED_IN",
    "REGISTERED",
  ]);
  expect(events[1]).toEqual({ type: "PASSWORD_RESET", address: "127.0.0.1", device: "Reset/1" });
  await mailServer.deliveredTo(email, 2);
  expect(mailServer.delivered.flatMap(({ recipients }) => recipients)).toEqual([email, email]);

  for (const { logs } of [stack.router, stack.users, stack.tasks]) {
    expect(logs.length).toBeGreaterThan(0);
    expect(logs.join("\n")).not.toMatch(/tpr_|ana\.forgot@|the (old|new) password/);
  }
});
