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
  return (request, signal) => {
    const before = tried.get(request) ?? new Set();
    const usable = endpoints.filter(({ isUsable }) => isUsable);
    const others = usable.filter((endpoint) => !before.has(endpoint));
    turn = (turn + 1) % endpoints.length;
    const willing = others.filter(({ isReluctant }) => !isReluctant);
    const endpoint = leastBusy([willing, others, usable].find(({ length }) => length > 0) ?? [], turn);
    if (!endpoint) {
      observe.refused();
      return Promise.reject(new SubgraphUnavailable(request.subgraph));
    }
    tried.set(request, before.add(endpoint));
    return endpoint.call(request, signal);
  };
}

/** Of equals another each time. */
function leastBusy(endpoints: readonly Endpoint[], turn: number): Endpoint | undefined {
  const inTurn = [...endpoints.slice(turn), ...endpoints.slice(0, turn)];
  return inTurn.reduce<Endpoint | undefined>(
    (least, one) => (least === undefined || one.inFlight < least.inFlight ? one : least),
    undefined,
  );
}

export interface BalanceObserver {
  /** No endpoint was usable. */
  refused(): void;
}
