import { randomBytes } from "node:crypto";
import { mailsTo, tokenOf } from "../../subgraphs/users/test/mailbox.ts";
import { type Person, send } from "../support/person.ts";
import { clientsOfRouter } from "../support/router-credential.ts";
import type { Attack, Outcome, Protection, Target } from "./attack.ts";
import { outcomeOf } from "./support/answers.ts";
import { newPerson, password, someAddress } from "./support/product.ts";

// Somebody who can't read the victim's mail, or reads it too late, and wants a new password all the same.

const service = "subgraphs/users/src/password-resets/password-reset-service.ts";
const input = "subgraphs/users/src/accounts/account-input.ts";
const profile = "subgraphs/users/src/accounts/account-profile.ts";
const mails = "subgraphs/users/src/mail/account-mails.ts";
const at = ["router", "users"] as const;

const requestReset =
  "mutation($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }";
const resetPassword = "mutation($input: ResetPasswordInput!) { resetPassword(input: $input) { endedSessions } }";
const updateProfile = "mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { user { id } } }";
const refresh = "mutation($input: RefreshSessionInput) { refreshSession(input: $input) { expiresAt } }";
const login = "mutation($input: LoginInput!) { login(input: $input) { refreshToken } }";
const register = "mutation($input: RegisterInput!) { register(input: $input) { expiresAt } }";

const mailbox = () => `m${randomBytes(6).toString("hex")}@example.org`;

interface Asked {
  readonly victim: Person;
  readonly token: string;
  readonly text: string;
}

/** A victim for whom a reset was asked for, with these headers, and what came by mail. */
async function askedFor({ url, product }: Target, headers: Record<string, string> = {}): Promise<Asked> {
  const email = mailbox();
  const victim = await newPerson(product.urls.users, product.serviceKeyFile, { email });
  await send(url, requestReset, { input: { email } }, headers);
  const [mail] = await mailsTo(product.mailDir, email);
  if (!mail) throw new Error("no mail came");
  return { victim, token: tokenOf(mail), text: mail.text ?? "" };
}

const reset = ({ url }: Target, token: string, newPassword = `${password} staple`) =>
  send(url, resetPassword, { input: { token, newPassword } });

/** Registers with an address that would put something of the attacker's into a mail's headers. */
const injection = (name: string, email: string): Attack => ({
  name,
  at: ["users"],
  async attempt({ url, product }): Promise<Outcome> {
    const from = await clientsOfRouter(product.serviceKeyFile, "users");
    const username = `i${randomBytes(6).toString("hex")}`;
    const wanted = { username, password, email };
    return outcomeOf(await send(url, register, { input: wanted }, from(someAddress())), "BAD_USER_INPUT");
  },
});

export const resetProtections: readonly Protection[] = [
  {
    name: "the single use of reset tokens",
    off: [
      {
        file: service,
        from: ".findOneAndDelete(holding(secretHash(token)), { session })",
        to: ".findOne(holding(secretHash(token)), null, { session })",
      },
    ],
    attacks: [
      {
        name: "a reset token that the victim has used",
        at,
        async attempt(target) {
          const { token } = await askedFor(target);
          const used = await reset(target, token);
          if (used.errors.length > 0) throw new Error(JSON.stringify(used.errors));
          return outcomeOf(await reset(target, token, `${password} stolen`), "BAD_USER_INPUT");
        },
      },
    ],
  },
  {
    name: "the end of reset tokens",
    off: [{ file: service, from: "tokenHash, expiresAt: { $gt: new Date() }", to: "tokenHash" }],
    attacks: [
      {
        name: "a reset token out of an old mail",
        at,
        async attempt(target) {
          const { victim, token } = await askedFor(target);
          const { _id } =
            (await target.product.database.collection("accounts").findOne({ username: victim.username })) ?? {};
          const past = { $set: { "mails.0.expiresAt": new Date(Date.now() - 1_000) } };
          await target.product.database.collection("passwordResets").updateOne({ _id: _id as never }, past);
          return outcomeOf(await reset(target, token), "BAD_USER_INPUT");
        },
      },
    ],
  },
  {
    name: "that a reset ends the sessions",
    off: [
      { file: service, from: "sessions: await sessions.endAllIn(accountId, undefined, session),", to: "sessions: []," },
    ],
    attacks: [
      {
        name: "a thief who is signed in while the victim resets the password",
        at,
        async attempt(target) {
          const { victim, token } = await askedFor(target);
          const { data } = await send<{ login: { refreshToken: string } }>(target.url, login, {
            input: { username: victim.username, password, refreshToken: "PAYLOAD" },
          });
          await reset(target, token);
          return outcomeOf(await send(target.url, refresh, { input: data.login }), "UNAUTHENTICATED");
        },
      },
    ],
  },
  {
    name: "that another e-mail address takes the password",
    off: [
      {
        file: profile,
        from: "if (!matches) throw new InvalidCredentials();",
        to: "void [matches, InvalidCredentials];",
      },
    ],
    attacks: [
      {
        name: "a thief who is signed in and has the mail sent to themselves",
        at,
        async attempt(target) {
          const { victim } = await askedFor(target);
          const input = { email: mailbox(), currentPassword: "a guess of mine" };
          const headers = { authorization: `Bearer ${victim.token}` };
          return outcomeOf(await send(target.url, updateProfile, { input }, headers), "INVALID_CREDENTIALS");
        },
      },
    ],
  },
  {
    name: "that a reset tells nobody who has an account",
    off: [
      {
        file: service,
        from: "this.#parts.later.do(() => this.#mail(nameKey(email), client));",
        to: `if (!(await this.#parts.models.Account.exists({ emailKey: nameKey(email) }))) throw invalidToken();
    this.#parts.later.do(() => this.#mail(nameKey(email), client));`,
      },
    ],
    attacks: [
      {
        name: "asking for many addresses, and comparing the answers",
        at,
        async attempt({ url, product }) {
          const email = mailbox();
          await newPerson(product.urls.users, product.serviceKeyFile, { email });
          const [known, unknown] = await Promise.all(
            [email, mailbox()].map((address) => send(url, requestReset, { input: { email: address } })),
          );
          return JSON.stringify(known) === JSON.stringify(unknown) ? "refused" : "succeeded";
        },
      },
    ],
  },
  {
    name: "that links in mails lead to us",
    off: [
      {
        file: "service-kit/src/http/server.ts",
        from: "const scope: RequestScope = {",
        to: `Object.assign(globalThis, { lastHost: request.headers["x-forwarded-host"] ?? request.host });
    const scope: RequestScope = {`,
      },
      {
        file: mails,
        from: "const { publicUrl, resetTokenTtlMinutes: minutes } = this.#options;",
        to: `const { resetTokenTtlMinutes: minutes } = this.#options;
    const publicUrl = "http://" + (globalThis as any).lastHost;`,
      },
    ],
    attacks: [
      {
        name: "asking with a host of one's own in X-Forwarded-Host",
        at: ["users"],
        async attempt(target) {
          const { text } = await askedFor(target, { "x-forwarded-host": "evil.example", "x-forwarded-proto": "http" });
          return text.includes("evil.example") ? "succeeded" : "refused";
        },
      },
    ],
  },
  {
    name: "that an e-mail address is one plain address",
    off: [
      { file: input, from: "z.regexes.email.test(value)", to: "value.includes('@')" },
      {
        file: "service-kit/src/validation.ts",
        from: "const refusedInProse = /[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069\\p{Cs}]/u;",
        to: "const refusedInProse = /(?!)/u;",
      },
    ],
    attacks: [
      injection("a second header behind a line break", `${mailbox()}\r\nBcc: thief@evil.example`),
      injection("a second header behind a lone line feed", `${mailbox()}\nSubject: you have won`),
      injection("a second recipient behind a comma", `${mailbox()},thief@evil.example`),
      injection("a name with an address in it", `"thief@evil.example" <${mailbox()}>`),
      injection("a body of one's own", `${mailbox()}\r\n\r\nPay here`),
    ],
  },
];
