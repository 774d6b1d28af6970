import { SubgraphUnavailable } from "@tareas/service-kit/errors";
import { leavingHeader } from "@tareas/service-kit/http/draining";
import type { Log } from "@tareas/service-kit/log";
import { currentScope, type SubgraphCall } from "@tareas/service-kit/request-scope";
import type { Dispatcher } from "undici";
import { AttemptFailed, CallCancelled, type CallSubgraph, type SubgraphRequest } from "./call.ts";
import { inCallSpans, withTraceParent } from "./call-span.ts";
import { isConnectFailure } from "./connect-failure.ts";
import { parseResponse, refusedForSeconds } from "./parse-response.ts";

interface HttpCallOptions {
  readonly url: URL;
  readonly dispatcher: Dispatcher;
  readonly log: Log;
}

/**
 * The call itself: a POST with a JSON body over a kept-alive connection, and one entry in the request's log line.
 * Once `signal` aborts, it closes the connection and throws the signal's reason.
 */
export function httpCall({ url, dispatcher, log }: HttpCallOptions): CallSubgraph {
  const inSpan = inCallSpans(url);
  return async (request, signal) => {
    const { subgraph } = request;
    const startedAt = performance.now();
    let status: SubgraphCall["status"] = "unreachable";
    try {
      const response = await inSpan(subgraph, () => post(dispatcher, url, request, signal));
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
      if (signal.aborted) {
        status = signal.reason instanceof CallCancelled ? "cancelled" : "timeout";
        throw signal.reason;
      }
      log.warn({ subgraph, endpoint: url.href, err: error }, "the subgraph can't be reached");
      throw new AttemptFailed(subgraph, { wasSent: !isConnectFailure(error) });
    } finally {
      currentScope()?.calls.push({ subgraph, status, ms: Math.round((performance.now() - startedAt) * 10) / 10 });
    }
  };
}

async function post(dispatcher: Dispatcher, url: URL, request: SubgraphRequest, signal: AbortSignal) {
  const { statusCode, headers, body } = await dispatcher.request({
    method: "POST",
    origin: url.origin,
    path: url.pathname + url.search,
    headers: withTraceParent({
      ...request.headers,
      "content-type": "application/json",
      accept: "application/json",
    }),
    body: request.body,
    signal,
  });
  const setCookies = [headers["set-cookie"] ?? []].flat();
  const isLeaving = headers[leavingHeader] !== undefined;
  return { status: statusCode, setCookies, isLeaving, text: await body.text() };
}
