import cluster from "node:cluster";
import { runServer } from "@tareas/service-kit/http/run-server";
import { readConfig } from "./config.ts";
import { startRouter } from "./server.ts";
import { startPrimary } from "./workers/primary.ts";
import { runWorker } from "./workers/run-worker.ts";

if (cluster.isWorker) await runWorker(() => readConfig(process.env));
else
  await runServer(async () => {
    const config = readConfig(process.env);
    return config.ROUTER_WORKERS > 1 ? startPrimary(config) : startRouter(config);
  });
