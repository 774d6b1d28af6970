import { metricsUrlOf, routerOn } from "./router.ts";
import { scriptedSubgraph } from "./scripted-subgraph.ts";

const sdl = "type Query { count(of: Int): Int  other: Int }  type Mutation { add: Int }";
const resources: AsyncDisposable[] = [];

export type Subgraph = Awaited<ReturnType<typeof scriptedSubgraph>>;
export type Answer = Parameters<typeof scriptedSubgraph>[0];

export const well: Answer = ({ query }) => ({
  data: query.startsWith("mutation") ? { add: 1 } : { count: 1, other: 2 },
});
export const failing: Answer = () => (response) => void response.writeHead(503).end("no upstream");
export const hung: Answer = () => () => {};

/** Ends all that was started here. */
export async function disposeAll(): Promise<void> {
  for (const resource of resources.splice(0).reverse()) await resource[Symbol.asyncDispose]();
}

/** Disposes of something with the rest. */
export function use<Resource extends AsyncDisposable>(resource: Resource): Resource {
  resources.push(resource);
  return resource;
}

/** The subgraph `counts`, or one of its replicas. */
export const startSubgraph = async (answer: Answer): Promise<Subgraph> => use(await scriptedSubgraph(answer));

/** A router with the subgraph `counts`, at one address or at several. */
export async function countsRouter(subgraphs: readonly Subgraph[], env: NodeJS.ProcessEnv = {}) {
  const urls = subgraphs.map(({ url }) => url).join();
  const router = use(
    await routerOn([{ name: "counts", url: String(subgraphs[0]?.url), sdl }], {
      SUBGRAPH_URL_COUNTS: urls,
      SUBGRAPH_TIMEOUT_MS: "8000",
      ...env,
    }),
  );
  const metricsUrl = metricsUrlOf(router);
  const metric = async (name: string, labels = "") => {
    const text = await (await fetch(`${metricsUrl}/metrics`)).text();
    const line = text
      .split("\n")
      .find((one) => one.startsWith(`tareas_router_subgraph_${name}{`) && one.includes(labels));
    return Number(line?.split(" ").at(-1));
  };
  return Object.assign(router, { metricsUrl, metric });
}

/** What was sent to it, without the router's own questions whether it answers at all. */
export const callsTo = ({ state }: Subgraph) => state.received.filter(({ query }) => query !== "{__typename}");

export const codesOf = ({ body }: { body: { errors?: { extensions: Record<string, unknown> }[] } }) =>
  body.errors?.map(({ extensions }) => extensions.code);
