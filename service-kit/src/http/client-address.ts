import type { IncomingMessage } from "node:http";
import { isIP, isIPv4, SocketAddress } from "node:net";

/**
 * The IP address that a request comes from. `hops` proxies of ours stand in front, and each adds the address that it was
 * called from at the right end of X-Forwarded-For: the one that the outermost added is the client's. What is further left
 * the client may have made up. When there are fewer entries than proxies, or that one is no address, it is the address of
 * the connection: one that nobody can choose. No other header has a say.
 *
 * IPv6 addresses are in the one form of RFC 5952, and IPv4 addresses that are mapped into IPv6 are IPv4 addresses, so
 * that one client has one address.
 */
export function clientAddress(connection: string, forwardedFor: string | undefined, hops: number): string {
  const entries = forwardedFor?.split(",") ?? [];
  const entry = hops > 0 ? entries.at(-hops)?.trim() : undefined;
  return normalised(withoutPort(entry ?? "")) ?? normalised(connection) ?? connection;
}

export function clientAddressOf({ headers, socket }: IncomingMessage, hops: number): string {
  return clientAddress(socket.remoteAddress ?? "", headers["x-forwarded-for"]?.toString(), hops);
}

/** Some proxies add the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const withoutPort = (entry: string) =>
  /^\[([^\]]*)\](?::\d{1,5})?$/.exec(entry)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(entry)?.[1] ?? entry;

function normalised(address: string): string | undefined {
  if (isIP(address) === 0 || address.includes("%")) return undefined; // %: the zone of an interface of whoever wrote it
  if (isIPv4(address)) return address;
  const { address: canonical } = new SocketAddress({ address, family: "ipv6" });
  return /^::ffff:([\d.]+)$/.exec(canonical)?.[1] ?? canonical;
}
