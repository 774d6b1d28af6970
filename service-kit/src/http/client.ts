import type { FastifyRequest } from "fastify";

/** Who is at the other end: what limits count by, and what an account's history shows. */
export interface Client {
  /** The IP address. */
  readonly address: string;
  /** The User-Agent, cut short; null when it tells none. */
  readonly device: string | null;
}

/** The header by which the router tells a subgraph the client's address. */
export const clientAddressHeader = "x-client-address";

const longestDevice = 256;

/** The client of a request: by the router's word, which counts only with its service token, else by the connection. */
export function clientOf({ headers, ip }: FastifyRequest, caller: string | null): Client {
  const told = caller === "router" ? headers[clientAddressHeader] : undefined;
  const device = headers["user-agent"]?.replace(/[^\x20-\x7e]/g, "").slice(0, longestDevice);
  return { address: typeof told === "string" ? told : ip, device: device || null };
}
