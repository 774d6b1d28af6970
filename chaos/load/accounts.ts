import { setTimeout as delay } from "node:timers/promises";
import type { GraphqlClient } from "./graphql-client.ts";

/** Somebody whom the load works for, signed in. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  /** The access token: a new one every few minutes, as long as they are kept signed in. */
  token: string;
}

const password = "correcto caballo bateria grapa";
const join = `mutation Join($input: RegisterInput!) { register(input: $input) { accessToken user { id } } }`;

/** Registers so many people. `run` keeps their names apart from those of other runs. */
export async function registerAccounts(client: GraphqlClient, run: string, count: number): Promise<Account[]> {
  const names = Array.from({ length: count }, (_, index) => `${run}-${index + 1}`);
  // One after the other: all at once they would wait for the hashing of each other's passwords, on servers just started.
  return Array.fromAsync(names, (name) => register(client, name));
}

async function register(client: GraphqlClient, username: string): Promise<Account> {
  const { data, errors } = await client.send({ query: join, variables: { input: { username, password } } });
  const payload = data?.register as { accessToken: string; user: { id: string } } | undefined;
  if (!payload) throw new Error(`${username} could not be registered: ${errors[0]?.message}`);
  return { id: payload.user.id, username, password, token: payload.accessToken };
}

const signIn = `mutation SignIn($input: LoginInput!) { login(input: $input) { accessToken } }`;

/** The same person with a token of a new session. */
export async function signInAgain<Person extends Pick<Account, "username" | "password">>(
  client: GraphqlClient,
  person: Person,
): Promise<Person & Pick<Account, "token">> {
  const { username, password } = person;
  const { data, errors } = await client.send({ query: signIn, variables: { input: { username, password } } });
  const payload = data?.login as { accessToken: string } | undefined;
  if (!payload) throw new Error(`${username} could not sign in: ${errors[0]?.message}`);
  return { ...person, token: payload.accessToken };
}

const renewEveryMs = 8 * 60 * 1_000;
const tryAgainMs = 1_000;

/** Signs everybody in anew well before their tokens expire, until `signal`. What fails is tried again. */
export async function keepSignedIn(client: GraphqlClient, accounts: readonly Account[], signal: AbortSignal) {
  const pause = (ms: number) => delay(ms, undefined, { signal }).catch(() => {});
  await pause(renewEveryMs);
  while (!signal.aborted) {
    const renewed = await Promise.allSettled(accounts.map((account) => renew(client, account)));
    await pause(renewed.every(({ status }) => status === "fulfilled") ? renewEveryMs : tryAgainMs);
  }
}

async function renew(client: GraphqlClient, account: Account): Promise<void> {
  const { token } = await signInAgain(client, account);
  account.token = token;
}
