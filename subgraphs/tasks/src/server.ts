import { readFile } from "node:fs/promises";
import { openTokenVerification } from "@tareas/service-kit/auth/token-verification";
import { limitsOf } from "@tareas/service-kit/graphql/limits/limits";
import { startSubgraphServer } from "@tareas/service-kit/graphql/subgraph-server";
import { allowsIntrospection } from "@tareas/service-kit/graphql/surface";
import { httpOptionsOf } from "@tareas/service-kit/http/http-settings";
import type { RunningServer } from "@tareas/service-kit/http/run-server";
import { createLog } from "@tareas/service-kit/log";
import { Mongo } from "@tareas/service-kit/mongo/connection";
import { mongoOptionsOf, requestTimeoutOf } from "@tareas/service-kit/mongo/mongo-settings";
import { transactionsOn } from "@tareas/service-kit/mongo/transaction";
import { startTracing } from "@tareas/service-kit/telemetry/tracing";
import { parse } from "graphql";
import type { TasksConfig } from "./config.ts";
import { createContext } from "./context.ts";
import { ListDeletions } from "./lists/list-deletions.ts";
import { ListService } from "./lists/list-service.ts";
import { createModels } from "./models.ts";
import { OwnerDeletion } from "./owners/owner-deletion.ts";
import { Owners } from "./owners/owners.ts";
import { resolvers } from "./resolvers/resolvers.ts";
import { TaskService } from "./tasks/task-service.ts";
import { UsersOutbox } from "./users-outbox.ts";
import { Writes } from "./writes/writes.ts";

/** Starts the tasks subgraph; it becomes ready when MongoDB answers, and verifies tokens without the users subgraph. */
export async function startTasksSubgraph(config: TasksConfig): Promise<RunningServer> {
  const log = createLog("tasks", config.LOG_LEVEL);
  const tracing = startTracing(config, { service: "tasks", trustsCallers: true });
  const mongo = new Mongo(mongoOptionsOf(config, log, tracing.isOn));
  const models = createModels(mongo.connection);
  const verification = await openTokenVerification("tasks", config, log);

  const inTransaction = transactionsOn(mongo.connection, { retries: config.MONGODB_RETRIES });
  const owners = new Owners(models);
  const writes = new Writes(inTransaction, models.IdempotentResult, owners);
  const deletions = new ListDeletions(models, inTransaction, log);
  const lists = new ListService(models, writes, deletions);
  const tasks = new TaskService(models, lists, writes);

  const ownerDeletion = new OwnerDeletion(models, owners);
  const outbox = new UsersOutbox({
    url: config.USERS_OUTBOX_URL,
    everyMs: config.USERS_OUTBOX_EVERY_MS,
    services: verification.services,
    accountDeleted: (accountId) => ownerDeletion.delete(accountId),
    log,
  });

  void deletions.follow();
  void outbox.follow();
  return startSubgraphServer({
    name: "tasks",
    host: config.HOST,
    port: config.PORT,
    metricsPort: config.METRICS_PORT,
    log,
    http: httpOptionsOf(config),
    requestTimeoutMs: requestTimeoutOf(config),
    surface: { limits: limitsOf(config), introspection: allowsIntrospection(config) },
    typeDefs: parse(await readFile(new URL("../schema.graphql", import.meta.url), "utf8")),
    resolvers,
    mongo,
    models: Object.values(models),
    ...verification,
    tracing,
    context: (request) => createContext(request, { tasks, lists }),
    close: () => {
      outbox[Symbol.dispose]();
      deletions[Symbol.dispose]();
      verification[Symbol.dispose]();
    },
  });
}
