import { count, milliseconds } from "../settings.ts";
import type { AdmissionLimits } from "./admission/admission-control.ts";

/** The settings that keep one client from holding a server; every server has them. */
export const httpSettings = {
  BODY_LIMIT_BYTES: count(1_048_576, { least: 1_024, most: 104_857_600 }),
  HEADER_LIMIT_BYTES: count(16_384, { least: 1_024, most: 1_048_576 }),
  CONNECTION_LIMIT: count(2_000),
  REQUESTS_PER_CONNECTION: count(1_000),
  HEADERS_TIMEOUT_MS: milliseconds(10_000),
  RECEIVE_TIMEOUT_MS: milliseconds(30_000),
  ANSWER_TIMEOUT_MS: milliseconds(60_000),
  IDLE_TIMEOUT_MS: milliseconds(60_000),
  KEEP_ALIVE_TIMEOUT_MS: milliseconds(72_000),
  DRAIN_DELAY_MS: count(0, { least: 0, most: 10_000 }),
};

/**
 * The settings that keep all clients together from holding a server; every server has them. The router is less patient than
 * the subgraphs: what it lets in should not be refused when half of it is done.
 */
export const admissionSettings = (maxDelayMs: number) => ({
  ADMISSION_MAX_IN_FLIGHT: count(1_000, { least: 0 }),
  ADMISSION_LEAST_IN_FLIGHT: count(160),
  ADMISSION_MAX_DELAY_MS: count(maxDelayMs, { least: 0, most: 60_000 }),
});

export interface HttpOptions {
  readonly bodyLimitBytes: number;
  /** Of a request's first line and all of its headers. */
  readonly headerLimitBytes: number;
  /** Connections at a time: see connection-limit.ts for what becomes of more. */
  readonly connectionLimit: number;
  /** Then the server closes it, so that clients spread anew over servers that came later. */
  readonly requestsPerConnection: number;
  /** From a connection's start, or a request's first byte, to the end of the headers. */
  readonly headersTimeoutMs: number;
  /** The same, to the end of the body. */
  readonly receiveTimeoutMs: number;
  /** From the end of our work on an answer, or on a piece of one that is streamed, until the client has taken all of it. */
  readonly answerTimeoutMs: number;
  /** How long nothing may move on a connection while a request is under way; longer than any request may take. */
  readonly idleTimeoutMs: number;
  /** How long a connection stays open between two requests. */
  readonly keepAliveTimeoutMs: number;
  /** From the wish to end until the server takes no more connections; meanwhile it says that it is not ready. */
  readonly drainDelayMs: number;
  /** What is taken at a time; see admission/admission-control.ts. */
  readonly admission: AdmissionLimits;
  /** Whether browsers are told to use nothing but HTTPS from now on. */
  readonly httpsOnly: boolean;
  /** How many proxies of ours stand in front; see client-address.ts. */
  readonly trustedProxyHops: number;
}

type NumberSettings = keyof typeof httpSettings | keyof ReturnType<typeof admissionSettings>;

type HttpSettings = Readonly<Record<NumberSettings, number>> & {
  readonly NODE_ENV: string;
  readonly TRUSTED_PROXY_HOPS?: number;
};

export const httpOptionsOf = (settings: HttpSettings): HttpOptions => ({
  bodyLimitBytes: settings.BODY_LIMIT_BYTES,
  headerLimitBytes: settings.HEADER_LIMIT_BYTES,
  connectionLimit: settings.CONNECTION_LIMIT,
  requestsPerConnection: settings.REQUESTS_PER_CONNECTION,
  headersTimeoutMs: settings.HEADERS_TIMEOUT_MS,
  receiveTimeoutMs: settings.RECEIVE_TIMEOUT_MS,
  answerTimeoutMs: settings.ANSWER_TIMEOUT_MS,
  idleTimeoutMs: settings.IDLE_TIMEOUT_MS,
  keepAliveTimeoutMs: settings.KEEP_ALIVE_TIMEOUT_MS,
  drainDelayMs: settings.DRAIN_DELAY_MS,
  admission: {
    maxInFlight: settings.ADMISSION_MAX_IN_FLIGHT,
    leastInFlight: settings.ADMISSION_LEAST_IN_FLIGHT,
    maxDelayMs: settings.ADMISSION_MAX_DELAY_MS,
  },
  httpsOnly: settings.NODE_ENV === "production",
  trustedProxyHops: settings.TRUSTED_PROXY_HOPS ?? 0,
});
