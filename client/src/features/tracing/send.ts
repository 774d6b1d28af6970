import { optionalPart } from "../updates/optional-part.ts";

const graphqlPath = "/graphql";

/** The share of all operations that the router wants to hear of, as its last answer said it; null: of none. */
let share: string | null = null;
let spans: typeof import("./operation-spans.ts") | undefined;
let isLoading = false;

/**
 * As `fetch`. While the router's answers ask for traces, each operation is a span of a trace that begins here. What makes
 * spans is not even loaded before, and nothing waits for it.
 */
export async function send(input: RequestInfo | URL, init: RequestInit): Promise<Response> {
  if (input !== graphqlPath) return fetch(input, init);
  const response = await (spans && share !== null ? spans.sendInSpan(share, input, init) : fetch(input, init));
  share = response.headers.get("x-browser-traces");
  if (share !== null && !isLoading) void load();
  return response;
}

async function load(): Promise<void> {
  isLoading = true;
  spans = await optionalPart(() => import("./operation-spans.ts"));
}
