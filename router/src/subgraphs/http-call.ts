import { SubgraphUnavailable } from "@tareas/service-kit/errors";
import type { Log } from "@tareas/service-kit/log";
import { currentScope, type SubgraphCall } from "@tareas/service-kit/request-scope";
import type { Dispatcher } from "undici";
import { AttemptFailed, CallCancelled, type CallSubgraph, type SubgraphRequest } from "./call.ts";
import { inCallSpans, withTraceParent } from "./call-span.ts";
import { isConnectFailure } from "./connect-failure.ts";
import { parseResponse, refusedForSeconds } from "./parse-response.ts";
import { postTo } from "./post.ts";

interface HttpCallOptions {
  readonly url: URL;
  readonly dispatcher: Dispatcher;
  readonly log: Log;
}

/**
 * The call itself: a POST with a JSON body over a kept-alive connection, and one entry in the request's log line.
 * Once it is cancelled, it closes the connection and throws the reason.
 */
export function httpCall({ url, dispatcher, log }: HttpCallOptions): CallSubgraph {
  const inSpan = inCallSpans(url);
  const post = postTo(dispatcher, url);
  return async (request, cancellation) => {
    const { subgraph } = request;
    const startedAt = performance.now();
    let status: SubgraphCall["status"] = "unreachable";
    try {
      const response = await inSpan(subgraph, () => post(written(request), cancellation));
      status = response.status;
      const parsed = parseResponse(response.text);
      if (parsed)
        return {
          ...parsed,
          ...refusedForSeconds(status, parsed),
          text: response.text,
          setCookies: response.setCookies,
          isLeaving: response.isLeaving,
        };
      if (status < 400) status = "invalid";
      log.warn({ subgraph, status: response.status, bytes: response.text.length }, "no GraphQL response");
      throw response.status >= 500 ? new AttemptFailed(subgraph, { wasSent: true }) : new SubgraphUnavailable(subgraph);
    } catch (error) {
      if (error instanceof SubgraphUnavailable) throw error;
      if (cancellation.reason) {
        status = cancellation.reason instanceof CallCancelled ? "cancelled" : "timeout";
        throw cancellation.reason;
      }
      log.warn({ subgraph, endpoint: url.href, err: error }, "the subgraph can't be reached");
      throw new AttemptFailed(subgraph, { wasSent: !isConnectFailure(error) });
    } finally {
      currentScope()?.calls.push({ subgraph, status, ms: Math.round((performance.now() - startedAt) * 10) / 10 });
    }
  };
}

const written = ({ headers, body }: SubgraphRequest) => ({
  headers: withTraceParent({ ...headers, "content-type": "application/json", accept: "application/json" }),
  body,
});
