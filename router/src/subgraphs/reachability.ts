import type { Dispatcher } from "undici";
import { parseResponse, refusedForSeconds } from "./parse-response.ts";

const probeTimeoutMs = 500;

/** Whether a subgraph answers a trivial query; no answer in half a second is none. */
export async function isReachable(dispatcher: Dispatcher, url: URL): Promise<boolean> {
  try {
    const { statusCode, body } = await dispatcher.request({
      method: "POST",
      origin: url.origin,
      path: url.pathname + url.search,
      headers: { "content-type": "application/json" },
      body: '{"query":"{__typename}"}',
      signal: AbortSignal.timeout(probeTimeoutMs),
    });
    const response = parseResponse(await body.text());
    // Who says that there is too much to do is there.
    return (
      statusCode < 500 || (response !== undefined && "refusedForSeconds" in refusedForSeconds(statusCode, response))
    );
  } catch {
    return false; // the answer is the point here; real calls log why they fail
  }
}
