import { request } from "node:http";
import { text } from "node:stream/consumers";

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/** Sends header lines exactly as they are given, doubled ones too, which `fetch` would join. */
export async function rawRequest(
  url: string,
  {
    method = "POST",
    headers,
    body,
  }: { method?: string; headers: readonly (readonly [string, string])[]; body: string },
): Promise<RawAnswer> {
  const lines = [["host", new URL(url).host], ["content-length", String(Buffer.byteLength(body))], ...headers];
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const sent = request(url, { method, headers: lines.flat(), agent: false }, async (answer) => {
    resolve({ status: answer.statusCode ?? 0, body: await text(answer) });
  });
  sent.once("error", reject);
  sent.end(body);
  return promise;
}
