import type { Dispatcher } from "undici";

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
    await body.dump();
    return statusCode < 500;
  } catch {
    return false; // the answer is the point here; real calls log why they fail
  }
}
