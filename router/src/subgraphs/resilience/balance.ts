import { SubgraphUnavailable } from "@tareas/service-kit/errors";
import type { CallSubgraph, SubgraphRequest } from "../call.ts";
import type { Endpoint } from "./endpoint.ts";

/**
 * Sends each call to the endpoint with the fewest on their way, of those that are usable; a retry goes elsewhere if it can,
 * and so does any call while one says that it has too much to do, or is about to end: who refuses at once has always the
 * fewest on their way. With none that is usable it throws `SubgraphUnavailable` at once.
 */
export function balance(endpoints: readonly Endpoint[], observe: BalanceObserver): CallSubgraph {
  const tried = new WeakMap<SubgraphRequest, Set<Endpoint>>();
  let turn = 0;
  return (request, cancellation) => {
    const before = tried.get(request);
    turn = (turn + 1) % endpoints.length;
    const endpoint = choose(endpoints, turn, before);
    if (!endpoint) {
      observe.refused();
      return Promise.reject(new SubgraphUnavailable(request.subgraph));
    }
    if (endpoints.length > 1) tried.set(request, (before ?? new Set()).add(endpoint));
    return endpoint.call(request, cancellation);
  };
}

/** The best of the usable ones; of equals another each time. */
function choose(
  endpoints: readonly Endpoint[],
  turn: number,
  before: ReadonlySet<Endpoint> | undefined,
): Endpoint | undefined {
  let best: Endpoint | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < endpoints.length; index += 1) {
    const endpoint = endpoints[(turn + index) % endpoints.length] as Endpoint;
    if (!endpoint.isUsable) continue;
    const rank = endpoint.inFlight + (before?.has(endpoint) ? triedBefore : endpoint.isReluctant ? reluctant : 0);
    if (rank >= least) continue;
    best = endpoint;
    least = rank;
  }
  return best;
}

/** More than there are ever calls on their way. */
const reluctant = 1e6;
const triedBefore = 1e9;

export interface BalanceObserver {
  /** No endpoint was usable. */
  refused(): void;
}
