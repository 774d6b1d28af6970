import { limitSettings, subgraphLimits } from "@tareas/service-kit/graphql/limits/limits";
import { httpSettings } from "@tareas/service-kit/http/http-settings";
import { count, flag, mongodbUri, readSettings, serverSettings, text } from "@tareas/service-kit/settings";

export type UsersConfig = ReturnType<typeof readConfig>;

/** The settings of the users subgraph. Throws a `StartError` that names the first one that is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const production = env.NODE_ENV === "production";
  return readSettings(
    {
      ...serverSettings(4001),
      ...httpSettings,
      ...limitSettings(subgraphLimits),
      MONGODB_URI: production ? mongodbUri() : mongodbUri().default("mongodb://127.0.0.1:4017/?replicaSet=tareas"),
      MONGODB_DATABASE: text("users"),
      AUTH_PRIVATE_KEY_FILE: text(".data/keys/access-token.pem"),
      AUTH_KEY_ACTIVATION_SECONDS: count(60, { least: 0, most: 86_400 }),
      ACCESS_TOKEN_TTL_SECONDS: count(900, { most: 86_400 }),
      REFRESH_TOKEN_TTL_DAYS: count(30, { most: 365 }),
      REFRESH_REUSE_GRACE_SECONDS: count(10, { least: 0, most: 300 }),
      LOGIN_REVEALS_UNKNOWN_USER: flag(true),
    },
    env,
  );
}
