import { CallCancelled, type CallSubgraph, type Policy, type SubgraphRequest, type SubgraphResponse } from "../call.ts";
import { parseResponse } from "../parse-response.ts";

/**
 * Queries that are equal in every way, and on their way for the same viewer at the same time, are sent once. The answer is
 * given to each anew, because what is fetched later is merged into it. Who leaves gets
 * `CallCancelled`; the call ends when all who wait for it have left. While `isUsable` says no, nobody joins a call of before:
 * what is refused at once should not wait for what hangs.
 */
export function shareIdentical(observe: SharingObserver, isUsable: () => boolean): Policy {
  const onTheirWay = new Map<string, SharedCall>();
  return (call) => async (request, signal) => {
    if (request.isMutation || !isUsable()) return call(request, signal);
    if (signal.aborted) throw new CallCancelled();
    const key = keyOf(request);
    const known = onTheirWay.get(key);
    if (known) observe.shared();
    const shared =
      known ?? new SharedCall(call, request, () => onTheirWay.get(key) === shared && onTheirWay.delete(key));
    onTheirWay.set(key, shared);
    const answer = await shared.join(signal);
    return known ? { ...answer, ...parseResponse(answer.text) } : answer;
  };
}

function keyOf({ headers: { authorization, cookie }, body }: SubgraphRequest): string {
  return JSON.stringify([authorization, cookie, body]);
}

/** One call on its way, and how many wait for it. */
class SharedCall {
  readonly #answer: Promise<SubgraphResponse>;
  readonly #ending = new AbortController();
  readonly #atEnd: () => void;
  #waiting = 0;

  /** `atEnd` runs when nobody may join any more. */
  constructor(call: CallSubgraph, request: SubgraphRequest, atEnd: () => void) {
    this.#answer = call(request, this.#ending.signal);
    this.#atEnd = atEnd;
    this.#answer.then(atEnd, atEnd);
  }

  /** Waits for the answer until `signal` aborts. */
  async join(signal: AbortSignal): Promise<SubgraphResponse> {
    const { promise: left, reject } = Promise.withResolvers<never>();
    const leave = () => {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#end();
      reject(new CallCancelled());
    };
    this.#waiting += 1;
    signal.addEventListener("abort", leave);
    try {
      return await Promise.race([this.#answer, left]);
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  #end(): void {
    this.#atEnd();
    this.#ending.abort();
  }
}

export interface SharingObserver {
  /** A call was answered by what another was asking already. */
  shared(): void;
}
