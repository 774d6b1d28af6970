import type { DemoAccount } from "./demo-account.ts";
import { fetchGraphql, GraphqlFailure } from "./graphql-request.ts";

/** Makes the account, or signs in to it if its name is taken already; resolves to the access token. */
export async function registerOrLogIn(routerUrl: string, account: DemoAccount): Promise<string> {
  const { username, password, displayName, email } = account;
  try {
    const data = await fetchGraphql<{ register: { accessToken: string } }>(routerUrl, {
      query: `mutation Register($input: RegisterInput!) { register(input: $input) { accessToken } }`,
      variables: { input: { username, password, displayName, email } },
      idempotencyKey: `demo-${username}-register`,
    });
    return data.register.accessToken;
  } catch (error) {
    if (error instanceof GraphqlFailure && isTaken(error)) return logIn(routerUrl, account);
    throw error;
  }
}

/** Resolves to an access token. */
export async function logIn(routerUrl: string, { username, password }: DemoAccount): Promise<string> {
  const data = await fetchGraphql<{ login: { accessToken: string } }>(routerUrl, {
    query: `mutation LogIn($input: LoginInput!) { login(input: $input) { accessToken } }`,
    variables: { input: { username, password } },
  });
  return data.login.accessToken;
}

const isTaken = ({ errors }: GraphqlFailure) =>
  errors.some(({ extensions }) => extensions?.fields?.some(({ code }) => code === "TAKEN"));
