import { createLog } from "@tareas/service-kit/log";
import { migrate } from "@tareas/service-kit/mongo/migrate";
import { mongoOptionsOf } from "@tareas/service-kit/mongo/mongo-settings";
import { readConfig } from "./config.ts";
import { createModels } from "./models.ts";

await migrate(() => {
  const config = readConfig(process.env);
  const log = createLog("tasks migrate", config.LOG_LEVEL);
  return { ...mongoOptionsOf(config, log), createModels };
});
