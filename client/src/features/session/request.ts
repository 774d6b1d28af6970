import { send } from "../tracing/send.ts";

/** An operation that was refused: `code` is that of its first error, `fields` what was wrong with which input. */
export class GraphQLFailure extends Error {
  readonly code: string;
  readonly fields: readonly { readonly path: string; readonly code: string }[];
  readonly retryAfterSeconds: number | undefined;

  constructor(error: GraphQLErrorBody) {
    super(error.message);
    this.code = String(error.extensions?.code);
    this.fields = error.extensions?.fields ?? [];
    this.retryAfterSeconds = error.extensions?.retryAfterSeconds;
  }
}

interface GraphQLErrorBody {
  readonly message: string;
  readonly extensions?: {
    readonly code?: string;
    readonly fields?: readonly { path: string; code: string }[];
    readonly retryAfterSeconds?: number;
  };
}

/** How long an answer may take: a connection can die without a word. */
export const answerWithinMs = 30_000;

/** Sends one operation outside of Apollo Client. Throws a {@link GraphQLFailure}, or what `fetch` throws. */
export async function request<Data>(query: string, variables: object = {}, token?: string): Promise<Data> {
  const response = await send("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(answerWithinMs),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: GraphQLErrorBody[] };
  if (errors?.[0]) throw new GraphQLFailure(errors[0]);
  return data as Data;
}
