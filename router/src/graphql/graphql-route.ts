import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import { withHttpStatus } from "@tareas/service-kit/graphql/request-errors";
import { graphqlPath } from "@tareas/service-kit/http/admission/priority";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { CompiledExecution } from "../execution/compiled-execution.ts";
import { ContentTypes } from "./content-types.ts";
import type { CreateContext, RouterContext } from "./context.ts";
import { fillInOperation } from "./fill-in-operation.ts";
import { operationOf } from "./operation-of.ts";
import type { PersistedQueries } from "./persisted-queries.ts";

interface GraphQLParts {
  readonly apollo: ApolloServer<RouterContext>;
  readonly execution: CompiledExecution;
  readonly persistedQueries: PersistedQueries;
  readonly createContext: CreateContext;
}

/** GraphQL over HTTP at `/graphql`: what is compiled is executed at once, all else goes through Apollo Server. */
export function addGraphQL(app: FastifyInstance, parts: GraphQLParts): void {
  const { apollo, execution, persistedQueries, createContext } = parts;
  const contentTypes = new ContentTypes();
  /** Both ways, if it comes to that, have the same one, or the same reason why there is none. */
  const contextOf = (request: FastifyRequest, reply: FastifyReply) => {
    request.routerContext ??= createContext(request, reply);
    return request.routerContext;
  };

  const executeCompiled = async (request: FastifyRequest, reply: FastifyReply): Promise<string | undefined> => {
    const contentType = contentTypes.get(request);
    const operation = contentType === undefined ? undefined : operationOf(request);
    const compiled = execution.find(operation);
    if (!operation || !compiled) return undefined;
    let context: RouterContext;
    try {
      context = await contextOf(request, reply);
    } catch {
      return undefined; // Apollo Server says it
    }
    const answer = await execution.execute(compiled, operation.variables, context);
    if (answer !== undefined) reply.header("content-type", contentType).header("cache-control", "no-store");
    return answer && `${answer}\n`;
  };

  const throughApollo = fastifyApolloHandler(apollo, {
    context: async (request: FastifyRequest, reply: FastifyReply) => {
      try {
        return await contextOf(request, reply);
      } catch (error) {
        throw withHttpStatus(error);
      }
    },
  });
  app.decorateRequest("routerContext", undefined);
  app.route({
    method: ["GET", "POST"],
    url: graphqlPath,
    handler: async (request, reply) => {
      fillInOperation(request, persistedQueries);
      const compiled = await executeCompiled(request, reply);
      if (compiled !== undefined) return compiled;
      const answer: unknown = await throughApollo.call(app, request, reply);
      contentTypes.learn(request, reply);
      return answer;
    },
  });
}

declare module "fastify" {
  interface FastifyRequest {
    routerContext: Promise<RouterContext> | undefined;
  }
}
