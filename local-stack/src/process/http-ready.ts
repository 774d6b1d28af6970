import { get } from "node:http";

/** Whether a GET of `url` answers 200 within `timeoutMs`. Never throws: no answer is a no. */
export function answersOk(url: string, timeoutMs = 2_000): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  // A connection of its own: one kept from before a crash would only tell that it is dead.
  const request = get(url, { agent: false, timeout: timeoutMs }, (response) => {
    response.resume();
    resolve(response.statusCode === 200);
  });
  request.on("timeout", () => request.destroy());
  request.on("error", () => resolve(false));
  return promise;
}
