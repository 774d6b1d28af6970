import { CallCancelled, type CallSubgraph, type Policy, type SubgraphRequest, type SubgraphResponse } from "../call.ts";
import { Cancellation, unlessCancelled } from "../cancellation.ts";
import { parseResponse } from "../parse-response.ts";

/**
 * Queries that are equal in every way, and on their way for the same viewer at the same time, are sent once. The answer is
 * given to each anew, because what is fetched later is merged into it. Who leaves gets `CallCancelled`; the call ends when
 * all who wait for it have left. While `isUsable` says no, nobody joins a call of before: what is refused at once should not
 * wait for what hangs.
 */
export function shareIdentical(observe: SharingObserver, isUsable: () => boolean): Policy {
  const onTheirWay = new Map<string, SharedCall>();
  return (call) => async (request, cancellation) => {
    if (request.isMutation || !isUsable()) return call(request, cancellation);
    if (cancellation.reason) throw new CallCancelled();
    const key = keyOf(request);
    const known = onTheirWay.get(key);
    if (known) {
      observe.shared();
      const answer = await known.join(cancellation);
      return { ...answer, ...parseResponse(answer.text) };
    }
    const shared = new SharedCall(call, request, () => onTheirWay.get(key) === shared && onTheirWay.delete(key));
    onTheirWay.set(key, shared);
    return shared.join(cancellation);
  };
}

/** No header holds a line feed, and no body one outside of its strings. */
const keyOf = ({ headers: { authorization = "", cookie = "" }, body }: SubgraphRequest) =>
  `${authorization}\n${cookie}\n${body}`;

/** One call on its way, and how many wait for it. */
class SharedCall {
  readonly #answer: Promise<SubgraphResponse>;
  readonly #ending = new Cancellation();
  readonly #atEnd: () => void;
  #waiting = 0;

  /** `atEnd` runs when nobody may join any more. */
  constructor(call: CallSubgraph, request: SubgraphRequest, atEnd: () => void) {
    this.#answer = call(request, this.#ending);
    this.#atEnd = atEnd;
    this.#answer.then(atEnd, atEnd);
  }

  /** Waits for the answer until its caller cancels. */
  async join(cancellation: Cancellation): Promise<SubgraphResponse> {
    this.#waiting += 1;
    const leave = () => {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#end();
    };
    cancellation.listen(leave);
    try {
      return await unlessCancelled(this.#answer, cancellation);
    } finally {
      cancellation.ignore(leave);
    }
  }

  #end(): void {
    this.#atEnd();
    this.#ending.cancel(new CallCancelled());
  }
}

export interface SharingObserver {
  /** A call was answered by what another was asking already. */
  shared(): void;
}
