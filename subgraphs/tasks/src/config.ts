import { limitSettings, subgraphLimits } from "@tareas/service-kit/graphql/limits/limits";
import { admissionSettings, httpSettings } from "@tareas/service-kit/http/http-settings";
import { mongoSettings } from "@tareas/service-kit/mongo/mongo-settings";
import {
  followerSettings,
  httpUrl,
  milliseconds,
  port,
  readSettings,
  serverSettings,
} from "@tareas/service-kit/settings";
import { tracingSettings } from "@tareas/service-kit/telemetry/tracing-settings";

export type TasksConfig = ReturnType<typeof readConfig>;

/** The settings of the tasks subgraph. Throws a `StartError` that names the first one that is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const production = env.NODE_ENV === "production";
  return readSettings(
    {
      ...serverSettings(4002),
      METRICS_PORT: port(4102),
      ...httpSettings,
      ...admissionSettings(250),
      ...limitSettings(subgraphLimits),
      ...tracingSettings,
      ...mongoSettings("tasks", production),
      ...followerSettings("tasks", production),
      /** Where the users subgraph tells of deleted accounts. */
      USERS_OUTBOX_URL: production ? httpUrl() : httpUrl().default("http://127.0.0.1:4001/internal/outbox"),
      USERS_OUTBOX_EVERY_MS: milliseconds(2_000),
    },
    env,
  );
}
