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

interface Signed {
  readonly accessToken: string;
  readonly user: { readonly id: string; readonly username: string };
}

const usualPassword = "correct horse";
const signing = (field: "register" | "login", input: string) =>
  `mutation($input: ${input}!) { ${field}(input: $input) { accessToken user { id username } } }`;

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

  /** Makes an account, with a name of its own unless one is given, at the users subgraph or at the router. */
  static async register(
    url: string,
    username = `p${randomBytes(6).toString("hex")}`,
    password = usualPassword,
  ): Promise<Person> {
    return Person.#sign(url, "register", "RegisterInput", { username, password });
  }

  static async signIn(url: string, username: string, password = usualPassword): Promise<Person> {
    return Person.#sign(url, "login", "LoginInput", { username, password });
  }

  static async #sign(url: string, field: "register" | "login", type: string, input: object): Promise<Person> {
    const { data, errors } = await send<Record<string, Signed> | null>(url, signing(field, type), { input });
    const signed = data?.[field];
    if (!signed) throw new Error(`${field}: ${JSON.stringify(errors)}`);
    return new Person(url, signed.accessToken, signed.user.id, signed.user.username);
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
