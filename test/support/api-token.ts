import type { Stack } from "@tareas/local-stack/start-stack";
import { Person } from "./person.ts";
import { routerCredential } from "./router-credential.ts";

export interface NewApiToken {
  readonly token: string;
  readonly id: string;
  /** Its owner, who asks by it instead of by a sign-in. */
  readonly holder: Person;
}

/** Makes an API token of a person, who has to have signed in. */
export async function newApiToken(person: Person, scopes: readonly string[], input: object = {}): Promise<NewApiToken> {
  const { createApiToken } = await person.get<{ createApiToken: { token: string; apiToken: { id: string } } }>(
    "mutation($input: CreateApiTokenInput!) { createApiToken(input: $input) { token apiToken { id } } }",
    { input: { name: "integration", scopes, ...input } },
  );
  const { token, apiToken } = createApiToken;
  return { token, id: apiToken.id, holder: new Person(person.url, token, person.id, person.username) };
}

/** Exchanges an API token as the router does; null when it is refused. */
export async function exchange(stack: Stack, token: string): Promise<{ accessToken: string } | null> {
  const response = await fetch(`${stack.users.url}/internal/api-tokens/exchange`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(await routerCredential(stack.serviceKeyFile, "users")) },
    body: JSON.stringify({ token }),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return ((await response.json()) as { grant: { accessToken: string } | null }).grant;
}
