import { isIPv4, isIPv6 } from "node:net";

/**
 * What tries are counted by: an IPv4 address as it is, of an IPv6 address its /64, because whoever has one address has
 * all of those (RFC 6177). Any other text stays as it is.
 */
export function networkOf(address: string): string {
  const [withoutZone = ""] = address.split("%");
  if (!isIPv6(withoutZone)) return address;
  const groups = groupsOf(withoutZone);
  const embedded = ipv4In(groups);
  return embedded ?? `${groups.slice(0, 4).join(":")}::/64`;
}

/** The eight groups of an IPv6 address, in one spelling whatever its own. */
function groupsOf(address: string): string[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1); // RFC 5952
  const [head = "", tail] = canonical.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  if (tail === undefined) return [...head];
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => "0"), ...tail];
}

/** The address of ::ffff:0:0/96 as which a socket for both families shows an IPv4 client. */
function ipv4In(groups: readonly string[]): string | undefined {
  if (groups.slice(0, 6).join(":") !== "0:0:0:0:0:ffff") return undefined;
  const bytes = groups.slice(6).flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
  const address = bytes.join(".");
  return isIPv4(address) ? address : undefined;
}
