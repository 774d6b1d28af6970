import { type ServiceTokens, serviceTokenHeader } from "@tareas/service-kit/auth/service-token";
import { SubgraphUnavailable } from "@tareas/service-kit/errors";
import type { Log } from "@tareas/service-kit/log";
import { z } from "zod";

/** The access token that stands for an API token until it ends. */
export interface Grant {
  readonly accessToken: string;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Asks the users subgraph; null when it knows no such API token. Throws `SubgraphUnavailable` when it can't say. */
export type ExchangeCall = (apiToken: string) => Promise<Grant | null>;

interface ExchangeCallOptions {
  readonly url: string;
  readonly timeoutMs: number;
  readonly services: ServiceTokens;
  readonly log: Log;
}

const answer = z.object({
  grant: z
    .object({ accessToken: z.string(), expiresAt: z.iso.datetime().transform((text) => Date.parse(text)) })
    .nullable(),
});

export function exchangeCall({ url, timeoutMs, services, log }: ExchangeCallOptions): ExchangeCall {
  return async (token) => {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", [serviceTokenHeader]: services.issue("users") },
        body: JSON.stringify({ token }),
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      return answer.parse(await response.json()).grant;
    } catch (error) {
      log.warn({ err: error }, "an API token could not be exchanged");
      throw new SubgraphUnavailable("users");
    }
  };
}
