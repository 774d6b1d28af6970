import { readFileSync } from "node:fs";
import { z } from "zod";

/** A reason not to start that the operator can mend: it is shown as one line, without a stack. */
export class StartError extends Error {}

const secretName = /URI|KEY|SECRET|PASSWORD|TOKEN|MAIL_URL/;

/**
 * Turns the environment into a frozen object of typed settings. An empty variable counts as absent.
 * Throws a `StartError` that names the first setting that is missing or wrong.
 */
export function readSettings<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: NodeJS.ProcessEnv,
): Readonly<z.output<z.ZodObject<Shape>>> {
  const given = Object.fromEntries(Object.keys(shape).map((name) => [name, settingOf(name, env)]));
  const result = z.object(shape).safeParse(given);
  if (result.success) return Object.freeze(result.data);

  const issue = result.error.issues[0];
  const name = String(issue?.path[0]);
  if (given[name] === undefined) throw new StartError(`${name} is not set: ${issue?.message}.`);
  const shown = secretName.test(name) ? "" : ` (it is ${JSON.stringify(given[name])})`;
  throw new StartError(`${name} is not valid: ${issue?.message}${shown}.`);
}

/** A secret may stand in a file instead, as containers are given it: MONGODB_URI in the file that MONGODB_URI_FILE names. */
function settingOf(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const file = secretName.test(name) ? env[`${name}_FILE`] : undefined;
  if (env[name] || !file) return env[name] || undefined;
  try {
    return readFileSync(file, "utf8").trim() || undefined;
  } catch (error) {
    throw new StartError(`${name}_FILE can't be read: ${(error as Error).message}.`);
  }
}

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `expected a whole number from ${least} to ${most}`);

/** A TCP port; 0 lets the system pick a free one. */
export const port = (fallback: number) => wholeNumber(0, 65_535).default(fallback);

/** A span of time in whole milliseconds, from 1 to an hour. */
export const milliseconds = (fallback: number) => wholeNumber(1, 3_600_000).default(fallback);

export const count = (fallback: number, { least = 1, most = 1_000_000 } = {}) =>
  wholeNumber(least, most).default(fallback);

const trueOrFalse = () => z.enum(["true", "false"], "expected true or false").transform((value) => value === "true");

export const flag = (fallback: boolean) => trueOrFalse().default(fallback);

/** A flag whose absence says something else than either: its default depends on another setting. */
export const optionalFlag = () => trueOrFalse().optional();

export const text = (fallback: string) => z.string().default(fallback);

/** Paths of files, separated by commas. */
export const paths = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((value) => value.split(",").map((path) => path.trim()));

const isOrigin = (value: string) => /^https?:\/\/[^*]+$/.test(value) && URL.parse(value)?.origin === value;

/** Origins as browsers send them (RFC 6454), separated by commas: scheme, host, and the port unless it is the usual one. */
export const webOrigins = () =>
  z
    .string()
    .transform((value) => value.split(",").map((origin) => origin.trim()))
    .refine((origins) => origins.every(isOrigin), "expected origins such as https://app.example, separated by commas")
    .default([]);

/** Fields of GraphQL types, separated by commas: `User.username`. */
export const fieldNames = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((value) => value.split(",").map((name) => name.trim()))
    .refine(
      (names) => names.every((name) => /^[_A-Za-z]\w*\.[_A-Za-z]\w*$/.test(name)),
      "expected fields such as User.username, separated by commas",
    );

export const httpUrl = () => z.url({ protocol: /^https?$/, error: "expected an http or https URL" });

/** Several of them, separated by commas. */
export const httpUrls = () =>
  z
    .string()
    .transform((value) => value.split(",").map((url) => url.trim()))
    .pipe(z.array(httpUrl()));

/** A server that takes mail; the user name and password that it asks for stand in the URL. */
export const smtpUrl = () => z.url({ protocol: /^smtps?$/, error: "expected an smtp or smtps URL" });

export const mailAddress = () => z.email("expected an e-mail address");

export const mongodbUri = () =>
  z
    .string("expected a mongodb:// connection string")
    .regex(/^mongodb(\+srv)?:\/\/\S+$/, "expected a mongodb:// connection string");

/** The settings that every server has. */
export const serverSettings = (defaultPort: number) => ({
  HOST: text("127.0.0.1"),
  PORT: port(defaultPort),
  LOG_LEVEL: z
    .enum(
      ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
      "expected trace, debug, info, warn, error, fatal or silent",
    )
    .default("info"),
  NODE_ENV: text("development"),
  INTROSPECTION: optionalFlag(),
  AUTH_ISSUER: text("https://tareas.example"),
  AUTH_AUDIENCE: text("tareas"),
  /** The secret by which our servers know each other (see auth/service-token.ts). */
  SERVICE_KEY_FILE: text(".data/keys/service.key"),
});

/** The settings of a server that follows the users subgraph; `name` tells its files from those of others. */
export const followerSettings = (name: string, isProduction: boolean) => ({
  /** Where the users subgraph publishes the public keys of access tokens (RFC 7517). */
  AUTH_JWKS_URL: isProduction ? httpUrl() : httpUrl().default("http://127.0.0.1:4001/.well-known/jwks.json"),
  /** Where the last good copy of these keys is kept. */
  AUTH_JWKS_FILE: text(`.data/jwks-${name}.json`),
  /** Where the users subgraph tells of revoked access tokens. */
  AUTH_REVOCATIONS_URL: isProduction ? httpUrl() : httpUrl().default("http://127.0.0.1:4001/internal/revocations"),
  /** Where the last list of these is kept. */
  AUTH_REVOCATIONS_FILE: text(`.data/revocations-${name}.json`),
  /** How often keys and revocations are asked for. */
  AUTH_FOLLOW_EVERY_MS: milliseconds(2_000),
});
