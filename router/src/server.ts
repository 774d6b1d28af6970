import { openTokenVerification } from "@tareas/service-kit/auth/token-verification";
import { allowsIntrospection } from "@tareas/service-kit/graphql/surface";
import { addHealth } from "@tareas/service-kit/http/health";
import { httpOptionsOf } from "@tareas/service-kit/http/http-settings";
import type { RunningServer } from "@tareas/service-kit/http/run-server";
import { createHttpServer } from "@tareas/service-kit/http/server";
import { createLog } from "@tareas/service-kit/log";
import { countRequests } from "@tareas/service-kit/metrics/http-metrics";
import { createMetricsServer } from "@tareas/service-kit/metrics/metrics-server";
import { requestsSection } from "@tareas/service-kit/metrics/page";
import { traceRequests } from "@tareas/service-kit/telemetry/request-spans";
import { startTracing } from "@tareas/service-kit/telemetry/tracing";
import { ApiTokens } from "./auth/api-tokens.ts";
import { exchangeCall } from "./auth/exchange-call.ts";
import { identification } from "./auth/identify.ts";
import type { RouterConfig } from "./config.ts";
import { CompiledExecution } from "./execution/compiled-execution.ts";
import { countExecutions } from "./execution/execution-metrics.ts";
import { addGraphiQL } from "./graphiql/graphiql.ts";
import { startApollo } from "./graphql/apollo-server.ts";
import { contextFactory } from "./graphql/context.ts";
import { addGraphQL } from "./graphql/graphql-route.ts";
import { PersistedQueries } from "./graphql/persisted-queries.ts";
import { readTrustedDocuments } from "./graphql/trusted-documents.ts";
import { collectMethods } from "./http/allowed-methods.ts";
import { watchClients } from "./http/client-left.ts";
import { allowOrigins } from "./http/cors.ts";
import { answerError, answerErrors } from "./http/errors.ts";
import { readJsonBodies } from "./http/json-body.ts";
import { addStartPage } from "./pages/start-page.ts";
import { addWebApp, hasWebApp } from "./pages/web-app.ts";
import { addRest } from "./rest/rest.ts";
import { operationRunner } from "./rest/run-operation.ts";
import { subgraphSections } from "./subgraphs/status-page.ts";
import { RouterMetrics } from "./subgraphs/subgraph-metrics.ts";
import { Subgraphs } from "./subgraphs/subgraphs.ts";
import { askForBrowserSpans, takeBrowserSpans } from "./tracing/browser-spans.ts";

/** Of the operators' page. */
export const routerTitle = "Tareas: router";

/**
 * Starts the router. It is ready as soon as it serves a supergraph: it answers what it can while subgraphs are down,
 * and whether they can be reached is told by `/health/ready` without a say in it. What it counts is on METRICS_PORT, unless
 * `createMetrics` takes it elsewhere.
 */
export async function startRouter(
  config: RouterConfig,
  { log = createLog("router", config.LOG_LEVEL), createMetrics = createMetricsServer } = {},
): Promise<RunningServer> {
  const tracing = startTracing(config, { service: "router", trustsCallers: false });
  const app = createHttpServer(httpOptionsOf(config), log, answerError);
  if (tracing.isOn) traceRequests(app);
  if (tracing.isOn && config.BROWSER_TRACES) askForBrowserSpans(app, config.OTEL_TRACES_SAMPLER_ARG);
  watchClients(app);
  allowOrigins(app, config.CORS_ORIGINS);
  readJsonBodies(app);
  answerErrors(app, collectMethods(app));
  const verification = await openTokenVerification("router", config, log);
  const metrics = createMetrics(log, {
    title: routerTitle,
    sections: () => `${subgraphSections(routerMetrics.subgraphs)}${requestsSection(app.admission, httpMetrics)}`,
  });
  const httpMetrics = countRequests(app, metrics.registry);
  const routerMetrics = new RouterMetrics(metrics.registry);
  const subgraphs = new Subgraphs(config, { services: verification.services, metrics: routerMetrics, log });
  const observe = countExecutions(metrics.registry);
  const execution = new CompiledExecution({ costLimit: config.LIMIT_COST, observe, log });
  const trusted = await readTrustedDocuments(config.TRUSTED_DOCUMENTS);
  const persistedQueries = new PersistedQueries({ trusted, trustedOnly: config.TRUSTED_DOCUMENTS_ONLY });
  const apollo = await startApollo(app, config, { subgraphs, execution, persistedQueries }, log);

  const { services, verifier } = verification;
  const exchange = {
    url: config.AUTH_API_TOKENS_URL,
    timeoutMs: config.subgraphSettings("users").SUBGRAPH_TIMEOUT_MS,
    services,
    log,
  };
  const identify = identification(verifier, new ApiTokens(exchangeCall(exchange)));
  const createContext = contextFactory(identify, config.REQUEST_TIMEOUT_MS);
  addGraphQL(app, { apollo, execution, persistedQueries, createContext });
  await addRest(app, operationRunner(apollo, createContext));
  const graphiql = allowsIntrospection(config);
  if (graphiql) await addGraphiQL(app);
  if (tracing.isOn && config.BROWSER_TRACES) await takeBrowserSpans(app, tracing);
  if (hasWebApp(config.CLIENT_PATH)) await addWebApp(app, config.CLIENT_PATH);
  else await addStartPage(app, { graphiql });
  addHealth(app, { supergraph: () => true }, async () => ({ subgraphs: await subgraphs.reachable() }));

  const close = async () => {
    await app.close();
    verification[Symbol.dispose]();
    await subgraphs[Symbol.asyncDispose]();
    await metrics[Symbol.asyncDispose]();
    await tracing[Symbol.asyncDispose]();
  };
  try {
    await metrics.listen({ host: config.HOST, port: config.METRICS_PORT });
    const url = await app.listen({ host: config.HOST, port: config.PORT });
    return { name: "router", url, log, failed: new Promise<never>(() => {}), [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}
