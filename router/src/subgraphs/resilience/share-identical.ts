import type { Policy, SubgraphResponse } from "../call.ts";

/**
 * Queries that are equal in every way, and on their way for the same viewer at the same time, are sent once. The answer is
 * given to each as a copy, because the gateway merges what it fetches later into what it has.
 */
export function shareIdentical(observe: SharingObserver): Policy {
  const onTheirWay = new Map<string, Promise<SubgraphResponse>>();
  return (call) => async (request, signal) => {
    if (request.isMutation) return call(request, signal);
    const { authorization, cookie } = request.headers;
    const key = JSON.stringify([authorization, cookie, request.body]);
    const shared = onTheirWay.get(key);
    if (shared) {
      observe.shared();
      return structuredClone(await shared);
    }
    const answer = call(request, signal);
    onTheirWay.set(key, answer);
    try {
      return await answer;
    } finally {
      onTheirWay.delete(key);
    }
  };
}

export interface SharingObserver {
  /** A call was answered by what another was asking already. */
  shared(): void;
}
