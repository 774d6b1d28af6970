import { createLog } from "@tareas/service-kit/log";
import { migrate } from "@tareas/service-kit/mongo/migrate";
import { readConfig } from "./config.ts";
import { createModels } from "./models.ts";

await migrate(() => {
  const config = readConfig(process.env);
  const log = createLog("users migrate", config.LOG_LEVEL);
  return { uri: config.MONGODB_URI, database: config.MONGODB_DATABASE, log, createModels };
});
