import { newApiToken } from "@tareas/service-kit/auth/api-token";
import { SubgraphUnavailable } from "@tareas/service-kit/errors";
import { describe, expect, test } from "vitest";
import { ApiTokens } from "./api-tokens.ts";
import type { Grant } from "./exchange-call.ts";

type Outcome = Grant | null | Error;

/** API tokens on an exchange that is written out here, and what was asked of it. */
function apiTokensOn(outcome: (apiToken: string) => Outcome) {
  const calls: string[] = [];
  const apiTokens = new ApiTokens(async (apiToken) => {
    calls.push(apiToken);
    const result = outcome(apiToken);
    if (result instanceof Error) throw result;
    return result;
  });
  return { calls, use: (token: string, address = "192.0.2.1") => apiTokens.exchange(token, address), apiTokens };
}

const lasting = (ms: number, accessToken = "jwt"): Grant => ({ accessToken, expiresAt: Date.now() + ms });
const settled = () => new Promise((resolve) => setImmediate(resolve));
const inUse = (count: number) => Array.from({ length: count }, newApiToken);

describe("an access token that is held", () => {
  test("serves all that ask meanwhile and afterwards with one exchange", async () => {
    const { calls, use } = apiTokensOn(() => lasting(900_000));
    const token = newApiToken();
    expect(await Promise.all(Array.from({ length: 100 }, () => use(token)))).toEqual(Array(100).fill("jwt"));
    await use(token);
    expect(calls).toHaveLength(1);
  });

  test("serves on in its last minute, and is renewed behind the scenes", async () => {
    let made = 0;
    const { calls, use } = apiTokensOn(() => lasting(made++ === 0 ? 59_000 : 900_000, `jwt ${made}`));
    const token = newApiToken();
    await use(token);
    expect(await use(token)).toBe("jwt 1");
    await settled();
    expect(await use(token)).toBe("jwt 2");
    expect(calls).toHaveLength(2);
  });

  test("serves until it ends while users can't be asked, and no longer", async () => {
    let outcome: Outcome = lasting(59_000);
    const { use } = apiTokensOn(() => outcome);
    const token = newApiToken();
    await use(token);
    outcome = new SubgraphUnavailable("users");
    for (const _ of [1, 2, 3]) expect(await use(token)).toBe("jwt");
    await settled();
    outcome = lasting(-1);
    await use(token);
    await settled();
    outcome = new SubgraphUnavailable("users");
    await expect(use(token)).rejects.toMatchObject({ code: "SUBGRAPH_UNAVAILABLE" });
  });

  test("is no longer served once users says that its API token is gone", async () => {
    let outcome: Outcome = lasting(59_000);
    const { use } = apiTokensOn(() => outcome);
    const token = newApiToken();
    await use(token);
    outcome = null;
    await use(token);
    await settled();
    await expect(use(token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("is asked for anew when the verifier refused it", async () => {
    const { calls, use, apiTokens } = apiTokensOn(() => lasting(900_000));
    const token = newApiToken();
    await use(token);
    apiTokens.forget(token);
    await use(token);
    expect(calls).toHaveLength(2);
  });

  test("is one of at most 10,000: the one that was used least lately goes", async () => {
    const { calls, use } = apiTokensOn(() => lasting(900_000));
    const tokens = inUse(10_001);
    for (const token of tokens) await use(token);
    await use(tokens[1] as string);
    expect(calls).toHaveLength(10_001);
    await use(tokens[0] as string);
    expect(calls).toHaveLength(10_002);
  });
});

describe("an API token that nobody has", () => {
  const expectRefused = (use: Promise<string>, code = "UNAUTHENTICATED") => expect(use).rejects.toMatchObject({ code });

  test("is asked for once in a while only", async () => {
    const { calls, use } = apiTokensOn(() => null);
    const token = newApiToken();
    for (const _ of [1, 2, 3]) await expectRefused(use(token));
    expect(calls).toHaveLength(1);
  });

  test("is not even asked for when its form or its checksum is wrong", async () => {
    const { calls, use } = apiTokensOn(() => null);
    for (const token of ["tpat_", "tpat_x", newApiToken().slice(0, -1), `tpat_${"A".repeat(49)}`])
      await expectRefused(use(token));
    expect(calls).toEqual([]);
  });

  test("is RATE_LIMITED from the 61st guess of an address within a minute on, one by one or at once", async () => {
    const { calls, use } = apiTokensOn(() => null);
    for (const token of inUse(30)) await expectRefused(use(token));
    const burst = await Promise.allSettled(inUse(100).map((token) => use(token)));
    const codes = burst.map((result) => result.status === "rejected" && result.reason.code);
    expect(codes.filter((code) => code === "UNAUTHENTICATED")).toHaveLength(30);
    expect(codes.filter((code) => code === "RATE_LIMITED")).toHaveLength(70);
    expect(calls).toHaveLength(60);
    await expectRefused(use(newApiToken(), "192.0.2.2"));
  });

  test("costs those nothing whose tokens are good, nor do outages count as guesses", async () => {
    let outcome: Outcome = lasting(900_000);
    const { use } = apiTokensOn(() => outcome);
    const held = newApiToken();
    for (const token of [held, ...inUse(100)]) await use(token);
    outcome = new SubgraphUnavailable("users");
    for (const token of inUse(100)) await expectRefused(use(token), "SUBGRAPH_UNAVAILABLE");
    outcome = null;
    for (const token of inUse(60)) await expectRefused(use(token));
    await expectRefused(use(newApiToken()), "RATE_LIMITED");
    expect(await use(held)).toBe("jwt");
  });
});
