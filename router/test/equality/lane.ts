import type { Way } from "../../src/execution/execution-metrics.ts";
import type { RouterContext } from "../../src/graphql/context.ts";
import type { Case } from "./cases.ts";
import type { RouterUnderTest } from "./router-under-test.ts";

/** What a client gets, and what it took. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  /** What subgraphs were asked, sorted. */
  readonly calls: readonly string[];
  readonly way: Way;
}

/** A way to execute operations. */
export type Lane = (router: RouterUnderTest, one: Case) => Promise<Answered>;

type Execute = (router: RouterUnderTest, one: Case) => Promise<Pick<Answered, "status" | "text">>;

/**
 * Executes a case in one way. Where stale entities are served, it is executed before with subgraphs that are well, and then
 * with some that are out of reach.
 */
export function laneOf(execute: Execute): Lane {
  return async (router, one) => {
    router.begin(one);
    if (one.servesStale) {
      router.become({ seed: one.seed, health: "healthy" });
      await execute(router, one);
      await router.settled();
      router.become({ seed: one.seed, health: "unreachable" });
    }
    const answered = await execute(router, one);
    await router.settled();
    return { ...answered, calls: router.calls, way: router.way };
  };
}

/** Through Apollo Server, as its HTTP handler does. */
export async function throughApollo(
  { apollo }: RouterUnderTest,
  { text: query, operationName, variables }: Case,
  contextValue: RouterContext,
): Promise<Pick<Answered, "status" | "text">> {
  const request = {
    query,
    ...(operationName !== undefined && { operationName }),
    variables: structuredClone(variables),
  };
  const { body, http } = await apollo.executeOperation(request, { contextValue });
  if (body.kind !== "single") throw new Error("an answer comes in one piece");
  const { errors, data, extensions } = body.singleResult;
  return { status: http.status ?? 200, text: JSON.stringify({ errors, data, extensions }) };
}
