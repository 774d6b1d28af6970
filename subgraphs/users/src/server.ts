import { readFile } from "node:fs/promises";
import { AccessTokenVerifier } from "@tareas/service-kit/auth/access-token";
import { ServiceTokens } from "@tareas/service-kit/auth/service-token";
import { limitsOf } from "@tareas/service-kit/graphql/limits/limits";
import { startSubgraphServer } from "@tareas/service-kit/graphql/subgraph-server";
import { allowsIntrospection } from "@tareas/service-kit/graphql/surface";
import { httpOptionsOf } from "@tareas/service-kit/http/http-settings";
import type { RunningServer } from "@tareas/service-kit/http/run-server";
import { createLog } from "@tareas/service-kit/log";
import { addGauge } from "@tareas/service-kit/metrics/gauge";
import { Mongo } from "@tareas/service-kit/mongo/connection";
import { mongoOptionsOf, requestTimeoutOf } from "@tareas/service-kit/mongo/mongo-settings";
import { startTracing } from "@tareas/service-kit/telemetry/tracing";
import { parse } from "graphql";
import type { UsersConfig } from "./config.ts";
import { createContext } from "./context.ts";
import { addInternalRoutes } from "./internal-routes.ts";
import { addJwksRoute } from "./jwks-route.ts";
import { KeyRing } from "./keys/key-ring.ts";
import { resolvers } from "./resolvers/resolvers.ts";
import { openServices } from "./services.ts";

/** Starts the users subgraph; it becomes ready when MongoDB answers. */
export async function startUsersSubgraph(config: UsersConfig): Promise<RunningServer> {
  const log = createLog("users", config.LOG_LEVEL);
  const tracing = startTracing(config, { service: "users", trustsCallers: true });
  const create = config.NODE_ENV !== "production";
  const services = await ServiceTokens.open("users", { file: config.SERVICE_KEY_FILE, create });
  const activationMs = config.AUTH_KEY_ACTIVATION_SECONDS * 1_000;
  const keys = await KeyRing.open({ file: config.AUTH_PRIVATE_KEY_FILE, create, activationMs, log });
  const rules = { issuer: config.AUTH_ISSUER, audience: config.AUTH_AUDIENCE };
  const typeDefs = parse(await readFile(new URL("../schema.graphql", import.meta.url), "utf8"));

  const mongo = new Mongo(mongoOptionsOf(config, log, tracing.isOn));
  const opened = await openServices(config, { mongo, keys, log });
  const { models, served, hasher, revocations, outbox } = opened;
  void revocations.follow();
  return startSubgraphServer({
    name: "users",
    host: config.HOST,
    port: config.PORT,
    metricsPort: config.METRICS_PORT,
    log,
    http: httpOptionsOf(config),
    requestTimeoutMs: requestTimeoutOf(config),
    surface: { limits: limitsOf(config), introspection: allowsIntrospection(config) },
    typeDefs,
    resolvers,
    mongo,
    tracing,
    models: Object.values(models),
    verifier: new AccessTokenVerifier({ keys, rules, revocations }),
    services,
    context: (request) => createContext(request, served),
    addMetrics(registry) {
      const read = () => hasher.waiting;
      addGauge(registry, { name: "tareas_users_hashing_waiting", help: "Passwords that wait to be hashed.", read });
    },
    routes: (app) => {
      addJwksRoute(app, keys);
      addInternalRoutes(app, { services, revocations, apiTokens: served.apiTokens, outbox });
    },
    close: async () => {
      keys[Symbol.dispose]();
      await opened[Symbol.asyncDispose]();
    },
  });
}
