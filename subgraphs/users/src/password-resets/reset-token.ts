import { randomBytes } from "node:crypto";

const secretBytes = 32;

/** A new token to set a password with: 256 random bits behind a prefix by which scanners for leaked secrets can know it. */
export const newResetToken = (): string => `tpr_${randomBytes(secretBytes).toString("base64url")}`;
