import { ApolloServer } from "@apollo/server";
import { createFormatError } from "@tareas/service-kit/graphql/format-error";
import { limitsOf } from "@tareas/service-kit/graphql/limits/limits";
import { allowsIntrospection, surfaceOptions } from "@tareas/service-kit/graphql/surface";
import type { Log } from "@tareas/service-kit/log";
import { StartError } from "@tareas/service-kit/settings";
import type { FastifyInstance } from "fastify";
import type { RouterConfig } from "../config.ts";
import type { CompiledExecution } from "../execution/compiled-execution.ts";
import type { Subgraphs } from "../subgraphs/subgraphs.ts";
import { SupergraphFile } from "../supergraph/supergraph-file.ts";
import type { RouterContext } from "./context.ts";
import { RouterGateway } from "./gateway.ts";
import { operationKnown } from "./operation-known.ts";
import type { PersistedQueries } from "./persisted-queries.ts";
import { retryAfter } from "./retry-after.ts";

interface ServedBy {
  readonly subgraphs: Subgraphs;
  readonly execution: CompiledExecution;
  readonly persistedQueries: PersistedQueries;
}

/** Starts Apollo Server on the supergraph. Throws a `StartError` when the supergraph can't be used. */
export async function startApollo(
  app: FastifyInstance,
  config: RouterConfig,
  { subgraphs, execution, persistedQueries }: ServedBy,
  log: Log,
): Promise<ApolloServer<RouterContext>> {
  const introspection = allowsIntrospection(config);
  const given = surfaceOptions({ limits: limitsOf(config), introspection });
  const apollo = new ApolloServer<RouterContext>({
    gateway: new RouterGateway(new SupergraphFile(config.SUPERGRAPH_PATH, log), subgraphs, execution, log),
    formatError: createFormatError("router", log, { suggestions: introspection }),
    ...given,
    persistedQueries: { cache: persistedQueries.cacheOfApollo },
    plugins: [...given.plugins, operationKnown, retryAfter],
    logger: log as never,
  });
  try {
    await apollo.start();
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`SUPERGRAPH_PATH: ${config.SUPERGRAPH_PATH} can't be served: ${(error as Error).message}`);
  }
  app.addHook("onClose", () => apollo.stop());
  return apollo;
}
