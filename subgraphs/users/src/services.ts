import { randomUUID } from "node:crypto";
import type { Log } from "@tareas/service-kit/log";
import type { Mongo } from "@tareas/service-kit/mongo/connection";
import { transactionsOn } from "@tareas/service-kit/mongo/transaction";
import { within } from "@tareas/service-kit/within";
import { AccountDeletion } from "./accounts/account-deletion.ts";
import { AccountExport } from "./accounts/account-export.ts";
import { AccountProfile } from "./accounts/account-profile.ts";
import { AccountService } from "./accounts/account-service.ts";
import { belongings } from "./accounts/belongings.ts";
import { PasswordHasher } from "./accounts/password-hasher.ts";
import { ApiTokenService } from "./api-tokens/api-token-service.ts";
import type { UsersConfig } from "./config.ts";
import type { Services } from "./context.ts";
import type { KeyRing } from "./keys/key-ring.ts";
import { AccountMails } from "./mail/account-mails.ts";
import { openMailQueue } from "./mail/open-mail-queue.ts";
import { createModels, type Models } from "./models.ts";
import { Outbox } from "./outbox/outbox.ts";
import { Later } from "./password-resets/later.ts";
import { PasswordResetService } from "./password-resets/password-reset-service.ts";
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

/** All that the users subgraph can do, without its doors. Disposing of it ends what is still under way. */
export interface UsersServices extends AsyncDisposable {
  readonly models: Models;
  readonly served: Services;
  readonly hasher: PasswordHasher;
  readonly revocations: RevocationLog;
  readonly outbox: Outbox;
}

interface Ground {
  readonly mongo: Mongo;
  readonly keys: KeyRing;
  readonly log: Log;
}

/** Puts the services together. */
export async function openServices(config: UsersConfig, { mongo, keys, log }: Ground): Promise<UsersServices> {
  const rules = { issuer: config.AUTH_ISSUER, audience: config.AUTH_AUDIENCE };
  const tokens = new AccessTokenIssuer(keys, rules, config.ACCESS_TOKEN_TTL_SECONDS);
  const hasher = passwordHasher(config, log);
  const decoyHash = await hasher.hash(randomUUID());
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
  return {
    ...{ models, hasher, revocations, outbox },
    served: { accounts, profiles, deletion, exports, sessions, apiTokens, tokens, events, passwordResets },
    async [Symbol.asyncDispose]() {
      revocations[Symbol.dispose]();
      // Without MongoDB this would not come to an end.
      await within(leftOverMs, Promise.all([later[Symbol.asyncDispose](), failures[Symbol.asyncDispose]()]));
      await mailQueue[Symbol.asyncDispose]();
    },
  };
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
