import { httpUrl, mongodbUri, readSettings, serverSettings, text } from "@tareas/service-kit/settings";

export type TasksConfig = ReturnType<typeof readConfig>;

/** The settings of the tasks subgraph. Throws a `StartError` that names the first one that is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const production = env.NODE_ENV === "production";
  return readSettings(
    {
      ...serverSettings(4002),
      MONGODB_URI: production ? mongodbUri() : mongodbUri().default("mongodb://127.0.0.1:4017/?replicaSet=tareas"),
      MONGODB_DATABASE: text("tasks"),
      AUTH_JWKS_URL: production ? httpUrl() : httpUrl().default("http://127.0.0.1:4001/.well-known/jwks.json"),
      AUTH_JWKS_FILE: text(".data/jwks-tasks.json"),
    },
    env,
  );
}
