import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import { spawnRouter } from "./router-process.ts";

export interface SubgraphDefinition {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

export const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@interfaceObject", "@inaccessible", "@tag"])\n`;

/** Composes subgraphs into a supergraph, as the product's own command does. */
export function compose(subgraphs: readonly SubgraphDefinition[]): string {
  const services = subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(federation + sdl) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join("\n"));
  return supergraphSdl;
}

export interface Answer<Data = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Data | null;
    readonly errors?: {
      readonly message: string;
      readonly path?: (string | number)[];
      readonly extensions: Record<string, unknown>;
    }[];
    readonly extensions?: unknown;
  };
}

/** Where a router has its metrics. */
export const metricsUrlOf = ({ logs }: { readonly logs: readonly string[] }): string =>
  JSON.parse(logs.find((line) => line.includes('"msg":"metrics"')) ?? "{}").url;

/** Sends an operation to a GraphQL endpoint. */
export async function query<Data = Record<string, unknown>>(
  url: string,
  operation: string,
  { variables = {}, headers = {} }: { variables?: object; headers?: Record<string, string> } = {},
): Promise<Answer<Data>> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query: operation, variables }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer<Data>["body"] };
}

/** A router process on any supergraph, with its file in a throw-away folder. */
export async function routerOn(supergraph: string | readonly SubgraphDefinition[], env: NodeJS.ProcessEnv = {}) {
  const folder = await mkdtemp(join(tmpdir(), "tareas-router-"));
  const supergraphPath = join(folder, "supergraph.graphql");
  await writeFile(supergraphPath, typeof supergraph === "string" ? supergraph : compose(supergraph));
  const router = await spawnRouter({
    PORT: "0",
    METRICS_PORT: "0",
    SUPERGRAPH_PATH: supergraphPath,
    AUTH_JWKS_FILE: join(folder, "jwks.json"),
    AUTH_JWKS_URL: "http://127.0.0.1:9/jwks.json",
    AUTH_REVOCATIONS_FILE: join(folder, "revocations.json"),
    AUTH_REVOCATIONS_URL: "http://127.0.0.1:9/revocations",
    AUTH_API_TOKENS_URL: "http://127.0.0.1:9/exchange",
    SERVICE_KEY_FILE: join(folder, "service.key"),
    CLIENT_PATH: join(folder, "no-client"),
    ...env,
  });
  return {
    ...router,
    supergraphPath,
    query: <Data>(operation: string, options?: Parameters<typeof query>[2]) =>
      query<Data>(router.url, operation, options),
    async [Symbol.asyncDispose]() {
      await router.stop();
      await rm(folder, { recursive: true });
    },
  };
}
