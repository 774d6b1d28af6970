/** What can happen to an account that its owner should be able to see. A new one goes here and into the schema. */
export const securityEventTypes = [
  "REGISTERED",
  "SIGNED_IN",
  "SIGN_IN_FAILED",
  "SIGNED_OUT",
  "SESSION_ENDED",
  "REFRESH_TOKEN_REUSED",
  "PASSWORD_CHANGED",
  "EMAIL_CHANGED",
  "PASSWORD_RESET_REQUESTED",
  "PASSWORD_RESET",
  "API_TOKEN_CREATED",
  "API_TOKEN_REVOKED",
  "DATA_EXPORTED",
] as const;

export type SecurityEventType = (typeof securityEventTypes)[number];

/** An entry of an account's audit trail. */
export interface SecurityEvent {
  readonly id: string;
  readonly type: SecurityEventType;
  /** When it happened; when the first of them did, if there are several. */
  readonly at: Date;
  /** The IP address that it came from; null when there were several. */
  readonly address: string | null;
  /** What it came from, as the client calls itself (User-Agent). */
  readonly device: string | null;
  readonly sessionId: string | null;
  /** What it was about: the name of an API token. */
  readonly detail: string | null;
  /** How often it happened: failed sign-ins of an hour from one address are one event. */
  readonly count: number;
}
