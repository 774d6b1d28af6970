import { SubgraphUnavailable } from "@tareas/service-kit/errors";
import { idempotencyKeyHeader } from "@tareas/service-kit/idempotency-key";
import type { Cancellation } from "./cancellation.ts";

/** One GraphQL request to a subgraph, ready to be sent: sending it twice sends the same. */
export interface SubgraphRequest {
  readonly subgraph: string;
  readonly isMutation: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** When the client's answer is due, on the clock of `performance.now()`. */
  readonly deadline: number;
}

/** A GraphQL response (GraphQL specification, 7.1) as a subgraph sent it, its shape checked. */
export interface SubgraphResponse {
  /** The Set-Cookie headers that came with it. */
  readonly setCookies?: readonly string[];
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly SubgraphResponseError[];
  /** As it was sent: who gets `data` may change it. */
  readonly text: string;
  /** The subgraph has too much to do: it did nothing of what was asked. Whole seconds until it is worth asking again. */
  readonly refusedForSeconds?: number;
  /** The server that has answered is about to end: what comes next had better go to another. */
  readonly isLeaving?: boolean;
}

export interface SubgraphResponseError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The call's caller has gone: nobody waits for its answer. It tells nothing of the subgraph. */
export class CallCancelled extends Error {}

/**
 * Calls a subgraph. Throws `SubgraphUnavailable` when there is no GraphQL response to be had, `SubgraphTimeout` when
 * there is none in time, `CallCancelled` when its caller cancels; a response with GraphQL errors is a response, and so is a
 * refusal because of overload.
 */
export type CallSubgraph = (request: SubgraphRequest, cancellation: Cancellation) => Promise<SubgraphResponse>;

/** Wraps a call into one that behaves better. */
export type Policy = (call: CallSubgraph) => CallSubgraph;

/** An attempt failed in a way in which another need not. */
export class AttemptFailed extends SubgraphUnavailable {
  /** Whether any of it may have reached the subgraph. */
  readonly wasSent: boolean;

  constructor(subgraph: string, { wasSent }: { readonly wasSent: boolean }) {
    super(subgraph);
    this.wasSent = wasSent;
  }
}

/**
 * A mutation whose answer was lost may have been done: only with an Idempotency-Key does sending it again do it once. What
 * was never sent, anyone may send.
 */
export const isSafeToRepeat = ({ isMutation, headers }: SubgraphRequest, { wasSent }: AttemptFailed): boolean =>
  !isMutation || !wasSent || idempotencyKeyHeader in headers;
