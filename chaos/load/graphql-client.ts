import { Pool } from "undici";

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly unknown[];
  /** "NONE" without one. */
  readonly code: string;
  /** Of a CONFLICT: the version that the task has now. */
  readonly version?: number;
  /** For how long not to ask again. */
  readonly retryAfterSeconds?: number;
}

/** What came of one request: an answer of GraphQL, or the reason why there was none. */
export interface Answer {
  readonly status: number;
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors: readonly AnswerError[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** "status 503, RATE_LIMITED: there is too much to do" */
export function answerInWords({ status, errors: [error] }: Answer): string {
  return `status ${status}${error ? `, ${error.code}: ${error.message}` : ""}`;
}

export interface Request {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly token?: string | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** NETWORK: the connection failed; NO_ANSWER: nothing came in time; NO_GRAPHQL: something else was answered. */
export class NoAnswer extends Error {
  readonly code: "NETWORK" | "NO_ANSWER" | "NO_GRAPHQL";

  constructor(code: NoAnswer["code"], cause: unknown) {
    super(`${code}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.code = code;
  }
}

const timeoutMs = 15_000;
const mostConnections = 2_000;

/** A client of the product over kept-alive connections, as browsers are. It never repeats a request by itself. */
export class GraphqlClient implements AsyncDisposable {
  readonly #pool: Pool;

  constructor(url: string) {
    this.#pool = new Pool(url, { connections: mostConnections, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  }

  /** Opens so many connections, as a load balancer keeps them: a rush then does not wait for new ones. */
  async connect(count: number): Promise<void> {
    await Promise.allSettled(Array.from({ length: count }, () => this.send({ query: "{ __typename }" })));
  }

  /** Sends one operation. Throws `NoAnswer`; errors of GraphQL are an answer. */
  async send({ query, variables, token, idempotencyKey }: Request): Promise<Answer> {
    const { status, text } = await this.#post(JSON.stringify({ query, variables }), {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
    });
    return parse(status, text);
  }

  async #post(body: string, headers: Record<string, string>): Promise<{ status: number; text: string }> {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await this.#pool.request({ method: "POST", path: "/graphql", headers, body, signal });
      return { status: response.statusCode, text: await response.body.text() };
    } catch (error) {
      throw new NoAnswer(signal.aborted ? "NO_ANSWER" : "NETWORK", error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.destroy();
  }
}

function parse(status: number, text: string): Answer {
  try {
    const { data, errors = [], extensions = {} } = JSON.parse(text);
    if (data === undefined && errors.length === 0) throw new TypeError(`status ${status}: ${text.slice(0, 200)}`);
    return { status, data, errors: errors.map(coded), extensions };
  } catch (error) {
    throw new NoAnswer("NO_GRAPHQL", error);
  }
}

interface RawError {
  readonly message: string;
  readonly path?: readonly unknown[];
  readonly extensions?: Partial<Pick<AnswerError, "code" | "version" | "retryAfterSeconds">>;
}

function coded({
  message,
  path,
  extensions: { code = "NONE", version, retryAfterSeconds } = {},
}: RawError): AnswerError {
  const details = { ...(version !== undefined && { version }), ...(retryAfterSeconds && { retryAfterSeconds }) };
  return { message, ...(path && { path }), code, ...details };
}
