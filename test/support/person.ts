import { randomBytes } from "node:crypto";

export interface GraphQLAnswer<Data> {
  readonly status: number;
  readonly data: Data;
  readonly errors: readonly { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

interface Sending {
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Registration {
  register: { accessToken: string; user: { id: string; username: string } };
}

const registration = `mutation Register($input: RegisterInput!) {
  register(input: $input) { accessToken user { id username } }
}`;

/** Somebody with an account, who sends GraphQL to the server at `url`. */
export class Person {
  readonly url: string;
  readonly token: string;
  readonly id: string;
  readonly username: string;

  constructor(url: string, token: string, id: string, username: string) {
    this.url = url;
    this.token = token;
    this.id = id;
    this.username = username;
  }

  /** Makes an account with a name of its own at the users subgraph, or at the router. */
  static async register(url: string, username = `p${randomBytes(6).toString("hex")}`): Promise<Person> {
    const { data, errors } = await send<Registration>(url, registration, {
      input: { username, password: "correct horse" },
    });
    if (!data?.register) throw new Error(`register: ${JSON.stringify(errors)}`);
    return new Person(url, data.register.accessToken, data.register.user.id, data.register.user.username);
  }

  /** The same person at another server. */
  at(url: string): Person {
    return new Person(url, this.token, this.id, this.username);
  }

  /** The whole answer, errors and all. */
  ask<Data>(
    query: string,
    variables: object = {},
    { idempotencyKey, headers }: Sending = {},
  ): Promise<GraphQLAnswer<Data>> {
    return send<Data>(this.url, query, variables, {
      authorization: `Bearer ${this.token}`,
      ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
      ...headers,
    });
  }

  /** The data. Throws when the answer holds any error. */
  async get<Data>(query: string, variables: object = {}, sending: Sending = {}): Promise<Data> {
    const { data, errors } = await this.ask<Data>(query, variables, sending);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** The code of the only error, or of the first of several. */
  async refusal(query: string, variables: object = {}, sending: Sending = {}): Promise<unknown> {
    const { errors } = await this.ask(query, variables, sending);
    return errors[0]?.extensions.code;
  }
}

/** Sends one operation to `<url>/graphql`. */
export async function send<Data>(
  url: string,
  query: string,
  variables: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<GraphQLAnswer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: GraphQLAnswer<Data>["errors"] };
  return { status: response.status, data, errors: errors ?? [] };
}
