import { limitSettings, subgraphLimits } from "@tareas/service-kit/graphql/limits/limits";
import { admissionSettings, httpSettings } from "@tareas/service-kit/http/http-settings";
import { mongoSettings } from "@tareas/service-kit/mongo/mongo-settings";
import {
  count,
  flag,
  httpUrl,
  mailAddress,
  milliseconds,
  port,
  readSettings,
  serverSettings,
  smtpUrl,
  text,
} from "@tareas/service-kit/settings";
import { tracingSettings } from "@tareas/service-kit/telemetry/tracing-settings";

export type UsersConfig = ReturnType<typeof readConfig>;

/** The settings of the users subgraph. Throws a `StartError` that names the first one that is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const production = env.NODE_ENV === "production";
  const mailsInProduction = production && Boolean(env.MAIL_URL || env.MAIL_URL_FILE);
  return readSettings(
    {
      ...serverSettings(4001),
      METRICS_PORT: port(4101),
      ...httpSettings,
      ...admissionSettings(250),
      ...limitSettings(subgraphLimits),
      ...tracingSettings,
      ...mongoSettings("users", production),
      AUTH_PRIVATE_KEY_FILE: text(".data/keys/access-token.pem"),
      AUTH_KEY_ACTIVATION_SECONDS: count(60, { least: 0, most: 86_400 }),
      ACCESS_TOKEN_TTL_SECONDS: count(900, { most: 86_400 }),
      REFRESH_TOKEN_TTL_DAYS: count(30, { most: 365 }),
      REFRESH_REUSE_GRACE_SECONDS: count(10, { least: 0, most: 300 }),
      LOGIN_REVEALS_UNKNOWN_USER: flag(true),
      // The least cost that the OWASP Password Storage Cheat Sheet recommends.
      ARGON2_MEMORY_KIB: count(19_456, { least: 7_168, most: 1_048_576 }),
      ARGON2_PASSES: count(2, { most: 100 }),
      ARGON2_LANES: count(1, { most: 16 }),
      HASHING_IN_FLIGHT: count(2, { most: 64 }),
      HASHING_QUEUE: count(100, { least: 0, most: 10_000 }),
      THROTTLE_FIRST_DELAY_MS: milliseconds(1_000),
      THROTTLE_LONGEST_DELAY_SECONDS: count(900, { most: 86_400 }),
      THROTTLE_FORGET_SECONDS: count(3_600, { most: 604_800 }),
      THROTTLE_LOGIN_FREE: count(10),
      THROTTLE_LOGIN_ADDRESS_FREE: count(100),
      THROTTLE_LOGIN_NAME_FREE: count(50),
      THROTTLE_PASSWORD_CHANGE_FREE: count(10),
      THROTTLE_REGISTER_FREE: count(300),
      THROTTLE_REFRESH_FREE: count(300),
      THROTTLE_PASSWORD_RESET_FREE: count(50),
      PASSWORD_RESET_TTL_MINUTES: count(30, { most: 60 }),
      MAIL_URL: smtpUrl().optional(),
      MAIL_FROM: mailsInProduction ? mailAddress() : mailAddress().default("tareas@tareas.example"),
      MAIL_DIR: text(".data/mail"),
      PUBLIC_URL: mailsInProduction ? httpUrl() : httpUrl().default("http://127.0.0.1:4000"),
    },
    env,
  );
}
