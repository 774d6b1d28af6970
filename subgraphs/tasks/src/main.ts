import { runServer } from "@tareas/service-kit/http/run-server";
import { readConfig } from "./config.ts";
import { startTasksSubgraph } from "./server.ts";

await runServer(() => startTasksSubgraph(readConfig(process.env)));
