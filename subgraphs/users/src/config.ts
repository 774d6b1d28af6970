import { count, flag, mongodbUri, readSettings, serverSettings, text } from "@tareas/service-kit/settings";

export type UsersConfig = ReturnType<typeof readConfig>;

/** The settings of the users subgraph. Throws a `StartError` that names the first one that is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const production = env.NODE_ENV === "production";
  return readSettings(
    {
      ...serverSettings(4001),
      MONGODB_URI: production ? mongodbUri() : mongodbUri().default("mongodb://127.0.0.1:4017/?replicaSet=tareas"),
      MONGODB_DATABASE: text("users"),
      AUTH_PRIVATE_KEY_FILE: text(".data/keys/access-token.pem"),
      ACCESS_TOKEN_TTL_SECONDS: count(900, { most: 86_400 }),
      LOGIN_REVEALS_UNKNOWN_USER: flag(true),
    },
    env,
  );
}
