import { AsyncLocalStorage } from "node:async_hooks";
import type { Context } from "@opentelemetry/api";
import type { Deadline } from "./deadline.ts";
import type { Priority } from "./http/admission/priority.ts";

/** One call that was made to a subgraph on behalf of a request; `ms` is how long it took. */
export interface SubgraphCall {
  readonly subgraph: string;
  readonly status: number | "timeout" | "unreachable" | "invalid" | "cancelled";
  readonly ms: number;
}

/** What is known of the HTTP request that is being answered; it ends up in the request's log line. */
export interface RequestScope {
  readonly requestId: string;
  operationName?: string | undefined;
  /** What a GraphQL operation does, by its kind and its first field: "query tasks". */
  operation?: string;
  /** Whose fault it is that an operation was answered with errors. */
  fault?: "client" | "server";
  readonly calls: SubgraphCall[];
  /** How long anybody waits for the answer; a subgraph's requests have one. */
  deadline?: Deadline | undefined;
  /** As what the request counts among those in flight; undefined when it does not, or no more. */
  inFlightAs?: Priority | undefined;
  /** Its span, and the trace that this belongs to; undefined when nothing is traced. */
  trace?: Context;
  /** Whether it was refused because there was too much to do. */
  isRefused?: boolean;
}

const storage = new AsyncLocalStorage<RequestScope>();

/** Runs `work` so that everything it starts can find `scope`. */
export function runInScope<T>(scope: RequestScope, work: () => T): T {
  return storage.run(scope, work);
}

/** The scope of the current request; undefined outside of one. */
export function currentScope(): RequestScope | undefined {
  return storage.getStore();
}

/** The same work, bound to the scope of now: for what waits in a queue that somebody else's end will go on with. */
export function boundToScope<T>(work: () => T): () => T {
  const run = AsyncLocalStorage.snapshot();
  return () => run(work);
}

/** Runs work that outlives the request which asks for it: it has neither the request's deadline nor its id. */
export function runInBackground<T>(work: () => T): T {
  return storage.exit(work);
}
