import { ApolloServer, type BaseContext } from "@apollo/server";
import { ApolloServerPluginInlineTraceDisabled } from "@apollo/server/plugin/disabled";
import { buildSubgraphSchema } from "@apollo/subgraph";
import fastifyApollo from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { DocumentNode } from "graphql";
import type { Registry } from "prom-client";
import type { AccessTokenVerifier } from "../auth/access-token.ts";
import { type ServiceTokens, serviceTokenHeader } from "../auth/service-token.ts";
import { authenticate, authorizationOf, type Viewer } from "../auth/viewer.ts";
import { type Client, clientOf } from "../http/client.ts";
import { addHealth } from "../http/health.ts";
import type { HttpOptions } from "../http/http-settings.ts";
import { addRequestDeadlines } from "../http/request-deadlines.ts";
import type { RunningServer } from "../http/run-server.ts";
import { createHttpServer } from "../http/server.ts";
import { idempotencyKeyHeader, parseIdempotencyKey } from "../idempotency-key.ts";
import type { Log } from "../log.ts";
import { countRequests } from "../metrics/http-metrics.ts";
import { createMetricsServer } from "../metrics/metrics-server.ts";
import { requestsSection } from "../metrics/page.ts";
import { isMongoReady, type Mongo } from "../mongo/connection.ts";
import { countConnections } from "../mongo/connection-pool.ts";
import { type AnyModel, checkIndexesWhenConnected } from "../mongo/indexes.ts";
import { traceRequests } from "../telemetry/request-spans.ts";
import { traceResolvers } from "../telemetry/resolver-spans.ts";
import type { Tracing } from "../telemetry/tracing.ts";
import { enforceAccess } from "./access.ts";
import { createFormatError } from "./format-error.ts";
import { mutationAccess } from "./mutation-access.ts";
import { withHttpStatus } from "./request-errors.ts";
import { onlyForRouter } from "./router-only.ts";
import { type Surface, surfaceOptions } from "./surface.ts";

/** What a request tells of itself before any resolver runs. */
export interface SubgraphRequest {
  readonly viewer: Viewer;
  readonly idempotencyKey: string | null;
  readonly client: Client;
  /** Which server of ours calls, by its service token; null for anybody else. */
  readonly caller: string | null;
  /** The Cookie header, as it came. */
  readonly cookies: string | undefined;
  /** Adds a Set-Cookie header to the answer. */
  readonly setCookie: (cookie: string) => void;
}

/** What a subgraph's context has to tell: who asks, and who calls. */
export interface SubgraphContext extends BaseContext {
  readonly viewer: Viewer;
  readonly caller: string | null;
}

export interface SubgraphServerOptions<Context extends SubgraphContext> {
  /** The subgraph's name in the supergraph. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Where its metrics are, for operators alone. */
  readonly metricsPort: number;
  readonly log: Log;
  readonly http: HttpOptions;
  /** How long a request may take when its caller does not say; undefined: no request has a deadline. */
  readonly requestTimeoutMs: number | undefined;
  readonly surface: Surface;
  readonly typeDefs: DocumentNode;
  /** The resolver map, typed by the code generated from the schema. */
  readonly resolvers: object;
  readonly mongo: Mongo;
  readonly models: readonly AnyModel[];
  readonly tracing: Tracing;
  readonly verifier: AccessTokenVerifier;
  readonly services: ServiceTokens;
  /** The context of one request, made anew so that no loader outlives it. */
  readonly context: (request: SubgraphRequest) => Context;
  /** Adds what the subgraph counts besides its requests. */
  readonly addMetrics?: (registry: Registry) => void;
  /** Routes beside `/graphql`. */
  readonly routes?: (app: FastifyInstance) => void;
  /** Closes what the subgraph opened besides the MongoDB connection, once no request is left and while MongoDB can be had. */
  readonly close?: () => void | Promise<void>;
}

/**
 * Starts one subgraph: GraphQL at `/graphql`, health checks, and the routes of its own; metrics on a port of theirs. It listens at once; readiness
 * follows when MongoDB answers and holds every index (a missing one ends the server, see `failed`).
 */
export async function startSubgraphServer<Context extends SubgraphContext>(
  options: SubgraphServerOptions<Context>,
): Promise<RunningServer> {
  const { name, host, port, log, mongo, models, services, requestTimeoutMs: timeoutMs } = options;
  const app = createHttpServer(options.http, log);
  if (options.tracing.isOn) traceRequests(app);
  if (timeoutMs !== undefined) addRequestDeadlines(app, { services, timeoutMs });
  const metrics = metricsOf(app, options);
  const apollo = await addGraphQL(app, options);

  let indexesChecked = false;
  addHealth(app, { mongodb: () => isMongoReady(mongo.connection), indexes: () => indexesChecked });
  options.routes?.(app);

  const closing = new AbortController();
  const close = async () => {
    closing.abort();
    await app.close();
    await apollo.stop();
    await options.close?.();
    await metrics[Symbol.asyncDispose]();
    await mongo[Symbol.asyncDispose]();
    await options.tracing[Symbol.asyncDispose]();
  };
  try {
    await metrics.listen({ host, port: options.metricsPort });
    const url = await app.listen({ host, port });
    const checked = checkIndexesWhenConnected(mongo.connection, models, { log, signal: closing.signal }).then(
      (holds) => {
        indexesChecked = holds;
        return new Promise<never>(() => {});
      },
    );
    const failed = Promise.race([mongo.failed, checked]);
    return { name: `${name} subgraph`, url, log, failed, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

function metricsOf<Context extends SubgraphContext>(app: FastifyInstance, options: SubgraphServerOptions<Context>) {
  const { name, log, mongo, addMetrics } = options;
  const metrics = createMetricsServer(log, {
    title: `Tareas: ${name} subgraph`,
    sections: () => requestsSection(app.admission, counted),
  });
  const counted = countRequests(app, metrics.registry);
  countConnections(mongo.pool, metrics.registry);
  addMetrics?.(metrics.registry);
  return metrics;
}

async function addGraphQL<Context extends SubgraphContext>(
  app: FastifyInstance,
  options: SubgraphServerOptions<Context>,
) {
  const { name, log, typeDefs, resolvers, surface } = options;
  const given = surfaceOptions(surface);
  const built = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  // Before fields are guarded: after that, each of them has a resolver.
  const schema = onlyForRouter(enforceAccess(options.tracing.isOn ? traceResolvers(built) : built));
  const apollo = new ApolloServer<Context>({
    schema,
    formatError: createFormatError(name, log, { suggestions: surface.introspection }),
    ...given,
    plugins: [...given.plugins, mutationAccess(schema), ApolloServerPluginInlineTraceDisabled()],
    logger: log,
  });
  await apollo.start();
  await app.register(fastifyApollo(apollo), {
    context: async (request: FastifyRequest, reply: FastifyReply) => {
      try {
        return options.context(await readRequest(request, reply, options));
      } catch (error) {
        throw withHttpStatus(error);
      }
    },
  });
  return apollo;
}

async function readRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  { verifier, services }: Pick<SubgraphServerOptions<SubgraphContext>, "verifier" | "services">,
): Promise<SubgraphRequest> {
  const { headers } = request;
  const caller = services.callerOf(headers[serviceTokenHeader]);
  return {
    viewer: await authenticate(authorizationOf(request), verifier),
    idempotencyKey: parseIdempotencyKey(headers[idempotencyKeyHeader]),
    client: clientOf(request, caller),
    caller,
    cookies: headers.cookie,
    setCookie: (cookie) => void reply.header("set-cookie", cookie),
  };
}
