import type { Connection } from "mongoose";
import { accountSchema } from "./accounts/account-model.ts";
import { apiTokenSchema } from "./api-tokens/api-token-model.ts";
import { outboxSchema } from "./outbox/outbox-model.ts";
import { passwordResetSchema } from "./password-resets/password-reset-model.ts";
import { securityEventSchema } from "./security-events/security-event-model.ts";
import { refreshTokenSchema, revocationSchema, sessionSchema } from "./sessions/session-model.ts";
import { familiarAddressSchema } from "./throttle/familiar-address-model.ts";
import { throttleSchema } from "./throttle/throttle-model.ts";

export type Models = ReturnType<typeof createModels>;

/** The models of the `users` database on a connection. */
export function createModels(connection: Connection) {
  return {
    Account: connection.model("Account", accountSchema, "accounts"),
    Session: connection.model("Session", sessionSchema, "sessions"),
    RefreshToken: connection.model("RefreshToken", refreshTokenSchema, "refreshTokens"),
    ApiToken: connection.model("ApiToken", apiTokenSchema, "apiTokens"),
    Revocation: connection.model("Revocation", revocationSchema, "revocations"),
    Throttle: connection.model("Throttle", throttleSchema, "throttles"),
    FamiliarAddress: connection.model("FamiliarAddress", familiarAddressSchema, "familiarAddresses"),
    OutboxEvent: connection.model("OutboxEvent", outboxSchema, "outbox"),
    SecurityEvent: connection.model("SecurityEvent", securityEventSchema, "securityEvents"),
    PasswordReset: connection.model("PasswordReset", passwordResetSchema, "passwordResets"),
  };
}
