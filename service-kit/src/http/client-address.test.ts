import { describe, expect, test } from "vitest";
import { clientAddress } from "./client-address.ts";

const proxy = "10.0.0.9";

describe("the client's address", () => {
  test.each([
    ["is the connection's when no proxy is trusted", 0, "198.51.100.7", proxy],
    ["is the one that the only proxy added", 1, "198.51.100.7", "198.51.100.7"],
    ["is not what the client wrote before it", 1, "203.0.113.1, 192.0.2.1, 198.51.100.7", "198.51.100.7"],
    ["is the one that the outer of two proxies added", 2, "203.0.113.1, 198.51.100.7, 10.0.0.8", "198.51.100.7"],
    ["is the connection's without the header", 1, undefined, proxy],
    ["is the connection's when the header is empty", 1, "", proxy],
    ["is the connection's when there are fewer entries than proxies", 2, "203.0.113.1", proxy],
    ["is the connection's when the entry is missing", 1, "203.0.113.1,", proxy],
    ["is the connection's when the entry is a name", 1, "203.0.113.1, unknown", proxy],
    ["is the connection's when the entry is half an address", 1, "198.51.100", proxy],
    ["is the connection's when the entry is a number", 1, "3405803777", proxy],
    ["is the connection's when the entry has leading zeros", 1, "198.051.100.007", proxy],
    ["is the connection's when the entry is two addresses", 1, "198.51.100.7 203.0.113.1", proxy],
    ["is the connection's when the entry has the zone of an interface", 1, "fe80::1%eth0", proxy],
    ["is the connection's when the entry is in quotation marks", 1, '"198.51.100.7"', proxy],
    ["is the connection's when the entry holds a line", 1, "198.51.100.7\n203.0.113.1", proxy],
    ["comes without the port that a proxy added", 1, "198.51.100.7:4711", "198.51.100.7"],
    ["comes without the port and the brackets of IPv6", 1, "[2001:db8::7]:4711", "2001:db8::7"],
    ["has one form in IPv6", 1, "2001:DB8:0:0:0:0:0:7", "2001:db8::7"],
    ["is IPv4 when it is mapped into IPv6", 1, "::ffff:198.51.100.7", "198.51.100.7"],
    ["is IPv4 however it is mapped into IPv6", 1, "::FFFF:c633:6407", "198.51.100.7"],
  ])("%s", (_, hops, forwardedFor, address) => {
    expect(clientAddress(proxy, forwardedFor, hops)).toBe(address);
  });

  test("is the connection's in the same form", () => {
    expect(clientAddress("::ffff:198.51.100.7", undefined, 0)).toBe("198.51.100.7");
    expect(clientAddress("::1", undefined, 0)).toBe("::1");
  });

  test("takes no time to find in a header as long as headers may be", () => {
    const startedAt = performance.now();
    for (const filling of ["1,", "1.", ":", "[", "1:1.", " "])
      expect(clientAddress(proxy, filling.repeat(500_000), 1)).toBe(proxy);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
