import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { AccessTokenVerifier } from "@tareas/service-kit/auth/access-token";
import { ServiceTokens } from "@tareas/service-kit/auth/service-token";
import { limitsOf } from "@tareas/service-kit/graphql/limits/limits";
import { startSubgraphServer } from "@tareas/service-kit/graphql/subgraph-server";
import { allowsIntrospection } from "@tareas/service-kit/graphql/surface";
import { httpOptionsOf } from "@tareas/service-kit/http/http-settings";
import type { RunningServer } from "@tareas/service-kit/http/run-server";
import { createLog, type Log } from "@tareas/service-kit/log";
import { addGauge } from "@tareas/service-kit/metrics/gauge";
import { Mongo } from "@tareas/service-kit/mongo/connection";
import { mongoOptionsOf, requestTimeoutOf } from "@tareas/service-kit/mongo/mongo-settings";
import { transactionsOn } from "@tareas/service-kit/mongo/transaction";
import { startTracing } from "@tareas/service-kit/telemetry/tracing";
import { within } from "@tareas/service-kit/within";
import { parse } from "graphql";
import { AccountDeletion } from "./accounts/account-deletion.ts";
import { AccountExport } from "./accounts/account-export.ts";
import { AccountProfile } from "./accounts/account-profile.ts";
import { AccountService } from "./accounts/account-service.ts";
import { belongings } from "./accounts/belongings.ts";
import { PasswordHasher } from "./accounts/password-hasher.ts";
import { ApiTokenService } from "./api-tokens/api-token-service.ts";
import type { UsersConfig } from "./config.ts";
import { createContext } from "./context.ts";
import { addInternalRoutes } from "./internal-routes.ts";
import { addJwksRoute } from "./jwks-route.ts";
import { KeyRing } from "./keys/key-ring.ts";
import { AccountMails } from "./mail/account-mails.ts";
import { openMailQueue } from "./mail/open-mail-queue.ts";
import { createModels } from "./models.ts";
import { Outbox } from "./outbox/outbox.ts";
import { Later } from "./password-resets/later.ts";
import { PasswordResetService } from "./password-resets/password-reset-service.ts";
import { resolvers } from "./resolvers/resolvers.ts";
import { FailedSignIns } from "./security-events/failed-sign-ins.ts";
import { SecurityEvents } from "./security-events/security-events.ts";
import { AccessTokenIssuer } from "./sessions/access-tokens.ts";
import { RevocationLog } from "./sessions/revocation-log.ts";
import { SessionService } from "./sessions/session-service.ts";
import { Throttles, type ThrottlesOptions } from "./throttle/throttles.ts";

const leftOverMs = 3_000;
const minuteMs = 60 * 1_000;
const dayMs = 24 * 60 * 60 * 1_000;
// Beyond a token's own life: clocks that differ, and those who verify and allow for that.
const clockSkewMs = 60_000;

/** Starts the users subgraph; it becomes ready when MongoDB answers. */
export async function startUsersSubgraph(config: UsersConfig): Promise<RunningServer> {
  const log = createLog("users", config.LOG_LEVEL);
  const tracing = startTracing(config, { service: "users", trustsCallers: true });
  const create = config.NODE_ENV !== "production";
  const services = await ServiceTokens.open("users", { file: config.SERVICE_KEY_FILE, create });
  const activationMs = config.AUTH_KEY_ACTIVATION_SECONDS * 1_000;
  const keys = await KeyRing.open({ file: config.AUTH_PRIVATE_KEY_FILE, create, activationMs, log });
  const rules = { issuer: config.AUTH_ISSUER, audience: config.AUTH_AUDIENCE };
  const tokens = new AccessTokenIssuer(keys, rules, config.ACCESS_TOKEN_TTL_SECONDS);
  const hasher = passwordHasher(config, log);
  const decoyHash = await hasher.hash(randomUUID());
  const typeDefs = parse(await readFile(new URL("../schema.graphql", import.meta.url), "utf8"));

  const mongo = new Mongo(mongoOptionsOf(config, log, tracing.isOn));
  const models = createModels(mongo.connection);
  const inTransaction = transactionsOn(mongo.connection, { retries: config.MONGODB_RETRIES });
  const revocations = new RevocationLog(models, config.ACCESS_TOKEN_TTL_SECONDS * 1_000 + clockSkewMs, log);
  const throttles = new Throttles(models, inTransaction, throttleOptions(config));
  const events = new SecurityEvents(models);
  const failures = new FailedSignIns(models, inTransaction, log);
  const later = new Later(log);
  const mailQueue = openMailQueue(config, log);
  const mails = new AccountMails(mailQueue, mailOptions(config));
  const sessions = new SessionService(
    { models, inTransaction, revocations, throttles, events },
    {
      refreshTokenTtlMs: config.REFRESH_TOKEN_TTL_DAYS * dayMs,
      reuseGraceMs: config.REFRESH_REUSE_GRACE_SECONDS * 1_000,
    },
  );
  const apiTokens = new ApiTokenService({ models, inTransaction, revocations, tokens, events });
  const parts = { models, inTransaction, sessions, revocations, hasher, throttles, apiTokens, events, failures, mails };
  const accounts = new AccountService(parts, { revealsUnknownUser: config.LOGIN_REVEALS_UNKNOWN_USER, decoyHash });
  const profiles = new AccountProfile(parts);
  const passwordResets = new PasswordResetService({ ...parts, later }, config.PASSWORD_RESET_TTL_MINUTES * minuteMs);
  const outbox = new Outbox(models);
  const owned = belongings({ models, sessions, apiTokens });
  const deletion = new AccountDeletion({ ...parts, outbox, belongings: owned });
  const exports = new AccountExport({ ...parts, accounts, belongings: owned });
  const served = { accounts, profiles, deletion, exports, sessions, apiTokens, tokens, events, passwordResets };

  void revocations.follow();
  return startSubgraphServer({
    name: "users",
    host: config.HOST,
    port: config.PORT,
    metricsPort: config.METRICS_PORT,
    log,
    http: httpOptionsOf(config),
    requestTimeoutMs: requestTimeoutOf(config),
    surface: { limits: limitsOf(config), introspection: allowsIntrospection(config) },
    typeDefs,
    resolvers,
    mongo,
    tracing,
    models: Object.values(models),
    verifier: new AccessTokenVerifier({ keys, rules, revocations }),
    services,
    context: (request) => createContext(request, served),
    addMetrics(registry) {
      const read = () => hasher.waiting;
      addGauge(registry, { name: "tareas_users_hashing_waiting", help: "Passwords that wait to be hashed.", read });
    },
    routes: (app) => {
      addJwksRoute(app, keys);
      addInternalRoutes(app, { services, revocations, apiTokens, outbox });
    },
    close: async () => {
      keys[Symbol.dispose]();
      revocations[Symbol.dispose]();
      // Without MongoDB this would not come to an end.
      await within(leftOverMs, Promise.all([later[Symbol.asyncDispose](), failures[Symbol.asyncDispose]()]));
      await mailQueue[Symbol.asyncDispose]();
    },
  });
}

function passwordHasher(config: UsersConfig, log: Log): PasswordHasher {
  const cost = { memoryKiB: config.ARGON2_MEMORY_KIB, passes: config.ARGON2_PASSES, lanes: config.ARGON2_LANES };
  return new PasswordHasher(cost, { inFlight: config.HASHING_IN_FLIGHT, queue: config.HASHING_QUEUE }, log);
}

const mailOptions = (config: UsersConfig) => ({
  publicUrl: config.PUBLIC_URL.replace(/\/$/, ""),
  resetTokenTtlMinutes: config.PASSWORD_RESET_TTL_MINUTES,
});

const throttleOptions = (config: UsersConfig): ThrottlesOptions => ({
  firstDelayMs: config.THROTTLE_FIRST_DELAY_MS,
  longestDelayMs: config.THROTTLE_LONGEST_DELAY_SECONDS * 1_000,
  forgetAfterMs: config.THROTTLE_FORGET_SECONDS * 1_000,
  freePerNameAndAddress: config.THROTTLE_LOGIN_FREE,
  freePerAddress: config.THROTTLE_LOGIN_ADDRESS_FREE,
  freePerName: config.THROTTLE_LOGIN_NAME_FREE,
  freePasswordChanges: config.THROTTLE_PASSWORD_CHANGE_FREE,
  freeRegistrations: config.THROTTLE_REGISTER_FREE,
  freeRefreshes: config.THROTTLE_REFRESH_FREE,
  freePasswordResets: config.THROTTLE_PASSWORD_RESET_FREE,
});
