import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routerOn } from "./support/router.ts";
import { scriptedSubgraph } from "./support/scripted-subgraph.ts";

let users: Awaited<ReturnType<typeof scriptedSubgraph>>;
let alone: Awaited<ReturnType<typeof routerOn>>;
let behindProxy: Awaited<ReturnType<typeof routerOn>>;

beforeAll(async () => {
  users = await scriptedSubgraph(() => ({ data: { me: null } }));
  const supergraph = await readFile(join(import.meta.dirname, "../supergraph.graphql"), "utf8");
  const routerWith = (env: NodeJS.ProcessEnv) => routerOn(supergraph, { SUBGRAPH_URL_USERS: users.url, ...env });
  [alone, behindProxy] = await Promise.all([routerWith({}), routerWith({ TRUSTED_PROXY_HOPS: "1" })]);
});
afterAll(async () => {
  await alone?.[Symbol.asyncDispose]();
  await behindProxy?.[Symbol.asyncDispose]();
  await users?.[Symbol.asyncDispose]();
});

/** The client's address as the router tells it to a subgraph. */
async function addressTold(router: typeof alone, headers: Record<string, string>) {
  await router.query("{ me { id } }", { headers });
  return users.state.received.at(-1)?.headers["x-client-address"];
}

const made = {
  "x-forwarded-for": "203.0.113.1",
  forwarded: "for=203.0.113.1",
  "x-real-ip": "203.0.113.1",
  "x-client-address": "203.0.113.1",
};

describe("the address that subgraphs count by", () => {
  test("is the connection's, whatever a client says of itself", async () => {
    expect(await addressTold(alone, made)).toBe("127.0.0.1");
  });

  test("is the one that the trusted proxy added, whatever the client wrote before it", async () => {
    const headers = { ...made, "x-forwarded-for": "203.0.113.1, ::ffff:198.51.100.7" };
    expect(await addressTold(behindProxy, headers)).toBe("198.51.100.7");
  });

  test("is the connection's when the proxy's word is no address or is missing", async () => {
    expect(await addressTold(behindProxy, { ...made, "x-forwarded-for": "198.51.100.7, example.net" })).toBe(
      "127.0.0.1",
    );
    const { "x-forwarded-for": _, ...rest } = made;
    expect(await addressTold(behindProxy, rest)).toBe("127.0.0.1");
  });
});

test("forwarded hosts and protocols change nothing that is answered", async () => {
  const headers = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https", host: "127.0.0.1" };
  const plain = await (await fetch(`${behindProxy.url}/openapi.json`)).text();
  expect(await (await fetch(`${behindProxy.url}/openapi.json`, { headers })).text()).toBe(plain);
});
