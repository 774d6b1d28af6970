import { runServer } from "@tareas/service-kit/http/run-server";
import { readConfig } from "./config.ts";
import { startRouter } from "./server.ts";

await runServer(async () => startRouter(readConfig(process.env)));
