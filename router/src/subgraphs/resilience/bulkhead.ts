import { SubgraphUnavailable } from "@tareas/service-kit/errors";
import { boundToScope } from "@tareas/service-kit/request-scope";
import { BulkheadRejectedError, bulkhead as cockatielBulkhead } from "cockatiel";
import type { Policy } from "../call.ts";

export interface BulkheadLimits {
  /** How many calls may be at a subgraph at a time. */
  readonly inFlight: number;
  /** How many more may wait for their turn. */
  readonly queued: number;
}

/**
 * Keeps one slow subgraph from taking all of the router's memory and connections: what is beyond its limits is refused at
 * once. (M. Nygard, Release It!, ch. 5)
 */
export function bulkhead({ inFlight, queued }: BulkheadLimits, observe: BulkheadObserver): Policy {
  const compartment = cockatielBulkhead(inFlight, queued);
  observe.watchBulkhead(() => ({
    inFlight: inFlight - compartment.executionSlots,
    queued: queued - compartment.queueSlots,
  }));
  return (call) => async (request, cancellation) => {
    // What has been cancelled in the queue is not sent when its turn comes.
    const send = () => (cancellation.reason ? Promise.reject(cancellation.reason) : call(request, cancellation));
    try {
      return await compartment.execute(compartment.executionSlots > 0 ? send : boundToScope(send));
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError)) throw error;
      throw new SubgraphUnavailable(request.subgraph, { retryAfterSeconds: 1 });
    }
  };
}

export interface BulkheadObserver {
  /** `read` tells how full it is. */
  watchBulkhead(read: () => BulkheadLimits): void;
}
