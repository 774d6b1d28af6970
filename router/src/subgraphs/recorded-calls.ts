import type { SubgraphRequest, SubgraphResponse } from "./call.ts";
import { parseResponse } from "./parse-response.ts";

interface RecordedCall {
  readonly request: Pick<SubgraphRequest, "subgraph" | "body">;
  readonly response: Promise<SubgraphResponse>;
}

/**
 * The calls that compiled execution has made for a request. When Apollo's gateway has to go on, it makes the same ones again:
 * it gets their answers, as they came, and a subgraph is asked once.
 */
export class RecordedCalls {
  readonly #calls: RecordedCall[] = [];

  add(request: RecordedCall["request"], response: Promise<SubgraphResponse>): void {
    this.#calls.push({ request, response });
  }

  /**
   * The answer to such a call, or what it threw; undefined if there was none, or none is left: what was asked twice, before and
   * after a mutation, has two answers. Its cookies were set before.
   */
  replay({ subgraph, body }: RecordedCall["request"]): Promise<SubgraphResponse> | undefined {
    const index = this.#calls.findIndex(({ request }) => request.body === body && request.subgraph === subgraph);
    const [found] = index < 0 ? [] : this.#calls.splice(index, 1);
    return found?.response.then(({ text, setCookies: _, ...response }) => ({
      ...response,
      ...parseResponse(text),
      text,
    }));
  }
}
