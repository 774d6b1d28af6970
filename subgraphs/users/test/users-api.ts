import { expect } from "vitest";
import { routerCredential } from "../../../test/support/router-credential.ts";

interface GraphQLAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what each test asserts
  readonly data: any;
  readonly errors: readonly { message: string; path?: unknown[]; extensions: Record<string, unknown> }[] | undefined;
}

export interface RequestOptions {
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

export const password = "correct horse battery";

/** The door of one users subgraph. */
export class UsersApi {
  readonly url: string;
  readonly #serviceKeyFile: string | undefined;

  /** With the service key file, entities can be asked for as the router asks for them. */
  constructor(url: string, serviceKeyFile?: string) {
    this.url = url;
    this.#serviceKeyFile = serviceKeyFile;
  }

  async query(
    query: string,
    variables: object = {},
    { token, headers, signal }: RequestOptions = {},
  ): Promise<GraphQLAnswer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
      ...(signal && { signal }),
    });
    const body = (await response.json()) as Omit<GraphQLAnswer, "status">;
    return { status: response.status, data: body.data, errors: body.errors };
  }

  register(input: object, options?: RequestOptions) {
    const selection = "accessToken expiresAt refreshToken user { id username displayName email createdAt }";
    return this.query(
      `mutation Register($input: RegisterInput!) { register(input: $input) { ${selection} } }`,
      { input },
      options,
    );
  }

  login(username: unknown, password: unknown, options?: RequestOptions) {
    return this.query(
      "mutation Login($input: LoginInput!) { login(input: $input) { accessToken user { id username email } } }",
      { input: { username, password } },
      options,
    );
  }

  me(token?: string) {
    return this.query("{ me { id username email } }", {}, token === undefined ? {} : { token });
  }

  async entities(ids: readonly unknown[], token?: string) {
    const representations = ids.map((id) => ({ __typename: "User", id }));
    const headers = this.#serviceKeyFile ? await routerCredential(this.#serviceKeyFile, "users") : {};
    return this.query(
      "query($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { id username email } } }",
      { representations },
      { headers, ...(token !== undefined && { token }) },
    );
  }

  /** A new account: its token and its public fields. */
  async newAccount(username: string, input: object = {}) {
    const { data, errors } = await this.register({ username, password, ...input });
    expect(errors).toBeUndefined();
    const { accessToken, user } = data.register;
    return { token: accessToken as string, ...(user as { id: string; username: string; email: string | null }) };
  }
}

/** Expects exactly one error with this code, and returns its extensions. */
export function expectCode({ errors }: GraphQLAnswer, code: string): Record<string, unknown> {
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
  return errors?.[0]?.extensions ?? {};
}

/** Expects `BAD_USER_INPUT` for exactly these fields, in any order. */
export function expectFields(answer: GraphQLAnswer, fields: Record<string, string>): void {
  const found = expectCode(answer, "BAD_USER_INPUT").fields as { path: string; code: string }[];
  expect(Object.fromEntries(found.map(({ path, code }) => [path, code]))).toEqual(fields);
}

/** Makes and awaits so many of something at once. */
export const simultaneously = <T>(times: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => make(index)));
