/** Every code that a client can meet in `errors[].extensions.code` or in a problem document; see docs/errors.md. */
export type ErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "BAD_USER_INPUT"
  | "NOT_FOUND"
  | "USER_NOT_FOUND"
  | "INVALID_CREDENTIALS"
  | "CONFLICT"
  | "IDEMPOTENCY_KEY_REUSED"
  | "RATE_LIMITED"
  | "QUERY_TOO_COMPLEX"
  | "SUBGRAPH_UNAVAILABLE"
  | "SUBGRAPH_TIMEOUT"
  | "INTERNAL_SERVER_ERROR";

/** The HTTP status that a REST client sees for each code. */
export const httpStatusOf: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
  NOT_FOUND: 404,
  USER_NOT_FOUND: 401,
  INVALID_CREDENTIALS: 401,
  CONFLICT: 409,
  IDEMPOTENCY_KEY_REUSED: 422,
  RATE_LIMITED: 429,
  QUERY_TOO_COMPLEX: 400,
  SUBGRAPH_UNAVAILABLE: 503,
  SUBGRAPH_TIMEOUT: 504,
  INTERNAL_SERVER_ERROR: 500,
};

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(httpStatusOf, code);
}

/** What is wrong with one field of an input: `path` as in `tags.2`, `code` as in `TOO_LONG`. */
export interface FieldError {
  readonly path: string;
  readonly code: string;
}

/** An error that clients may see as it is: its message, its code and its details. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.details = details;
  }

  /** What Fastify answers with when a route throws it. */
  get statusCode(): number {
    return httpStatusOf[this.code];
  }
}

export class Unauthenticated extends CodedError {
  constructor(message = "Sign in first: this needs an access token.") {
    super("UNAUTHENTICATED", message);
  }
}

/** The token is good, but not for this. */
export class Forbidden extends CodedError {
  constructor(message: string) {
    super("FORBIDDEN", message);
  }
}

export class BadUserInput extends CodedError {
  constructor(fields: readonly FieldError[], message?: string) {
    const listed = fields.map(({ path, code }) => `${path || "all of it"} (${code})`).join(", ");
    super("BAD_USER_INPUT", message ?? `The input is not valid: ${listed}.`, { fields });
  }
}

/** Also for what belongs to somebody else: a stranger must not learn that it exists. */
export class NotFound extends CodedError {
  constructor(what: string) {
    super("NOT_FOUND", `There is no such ${what}.`);
  }
}

export class UserNotFound extends CodedError {
  constructor() {
    super("USER_NOT_FOUND", "Nobody is registered under this name.");
  }
}

export class InvalidCredentials extends CodedError {
  constructor() {
    super("INVALID_CREDENTIALS", "The name or the password is wrong.");
  }
}

/** The caller's `expectedVersion` is not the current one, which `version` tells. */
export class Conflict extends CodedError {
  constructor(what: string, version: number) {
    super("CONFLICT", `The ${what} was changed by someone else meanwhile.`, { version });
  }
}

export class IdempotencyKeyReused extends CodedError {
  constructor() {
    super("IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key was used for another input before.");
  }
}

/** Too much was asked for from here, or for this account; it is worth trying again after `retryAfterSeconds`. */
export class RateLimited extends CodedError {
  constructor(retryAfterSeconds: number) {
    super("RATE_LIMITED", `Too many tries: wait ${retryAfterSeconds} s and try again.`, { retryAfterSeconds });
  }
}

export class QueryTooComplex extends CodedError {
  constructor(message: string) {
    super("QUERY_TOO_COMPLEX", message);
  }
}

export class SubgraphUnavailable extends CodedError {
  constructor(subgraph: string, details: { readonly retryAfterSeconds?: number } = {}) {
    super("SUBGRAPH_UNAVAILABLE", `The ${subgraph} subgraph can't be reached.`, { subgraph, ...details });
  }
}

export class SubgraphTimeout extends CodedError {
  constructor(subgraph: string) {
    super("SUBGRAPH_TIMEOUT", `The ${subgraph} subgraph did not answer in time.`, { subgraph });
  }
}
