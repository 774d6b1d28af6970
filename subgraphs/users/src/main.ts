import { runServer } from "@tareas/service-kit/http/run-server";
import { readConfig } from "./config.ts";
import { startUsersSubgraph } from "./server.ts";

await runServer(() => startUsersSubgraph(readConfig(process.env)));
