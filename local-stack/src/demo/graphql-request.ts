export interface GraphqlRequest {
  query: string;
  variables?: Record<string, unknown>;
  token?: string;
  idempotencyKey?: string;
}

export interface GraphqlError {
  message: string;
  extensions?: { code?: string; fields?: { path: string; code: string }[] };
}

export interface GraphqlAnswer<Data> {
  data?: Data | null;
  errors?: GraphqlError[];
}

/** The answer held errors. */
export class GraphqlFailure extends Error {
  override name = "GraphqlFailure";
  readonly errors: GraphqlError[];

  constructor(errors: GraphqlError[]) {
    super(errors.map(({ message }) => message).join("; "));
    this.errors = errors;
  }
}

/** Sends one operation to `<routerUrl>/graphql`; resolves to the answer, errors and all. Throws when there is none. */
export async function askGraphql<Data>(routerUrl: string, request: GraphqlRequest): Promise<GraphqlAnswer<Data>> {
  const { query, variables, token, idempotencyKey } = request;
  const response = await fetch(`${routerUrl}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(30_000),
  });
  return (await response.json()) as GraphqlAnswer<Data>;
}

/** The same, resolving to the data. Throws a GraphqlFailure when the answer holds any error. */
export async function fetchGraphql<Data>(routerUrl: string, request: GraphqlRequest): Promise<Data> {
  const { data, errors } = await askGraphql<Data>(routerUrl, request);
  if (errors && errors.length > 0) throw new GraphqlFailure(errors);
  return data as Data;
}
