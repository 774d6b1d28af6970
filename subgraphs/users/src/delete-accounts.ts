import { createLog } from "@tareas/service-kit/log";
import { Mongo, whenConnected } from "@tareas/service-kit/mongo/connection";
import { mongoOptionsOf } from "@tareas/service-kit/mongo/mongo-settings";
import { runTool } from "@tareas/service-kit/run-tool";
import { readConfig } from "./config.ts";
import { KeyRing } from "./keys/key-ring.ts";
import { openServices } from "./services.ts";

// Deletes the accounts whose ids are its arguments, as their owners would: after a restore, those that were deleted since the
// backup and are back. It has the settings of the users subgraph, and can run beside it.
await runTool(async () => {
  const config = readConfig(process.env);
  const log = createLog("users delete-accounts", config.LOG_LEVEL);
  const file = config.AUTH_PRIVATE_KEY_FILE;
  using keys = await KeyRing.open({ file, create: false, activationMs: 0, log });
  await using mongo = new Mongo(mongoOptionsOf(config, log));
  await Promise.race([whenConnected(mongo.connection), mongo.failed]);
  await using services = await openServices(config, { mongo, keys, log });
  for (const id of process.argv.slice(2))
    console.log(
      `${id}: ${(await services.served.deletion.deleteUnasked(id)) ? "deleted" : "there is no such account"}`,
    );
});
