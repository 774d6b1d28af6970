import { laneOf, throughApollo } from "./lane.ts";

/** What is known is executed by compiled functions, all else by Apollo's gateway: see graphql-route.ts. */
export const compiledLane = laneOf(async (router, one) => {
  const { text: query, operationName = "", variables } = one;
  const { execution } = router;
  const context = router.createContext(one);
  const compiled = execution.find({ query, operationName, variables });
  const text = compiled && (await execution.execute(compiled, structuredClone(variables), context));
  return text === undefined ? throughApollo(router, one, context) : { status: 200, text };
});
