import { createHash, randomBytes } from "node:crypto";

const secretBytes = 32;
const form = /^trt_[A-Za-z0-9_-]{43}$/;

/** A new refresh token: 256 random bits behind a prefix by which scanners for leaked secrets can know it. */
export const newRefreshToken = (): string => `trt_${randomBytes(secretBytes).toString("base64url")}`;

/** Whether a text could be a refresh token at all. */
export const isRefreshToken = (text: string): boolean => form.test(text);

/** What is stored of a secret of ours. It is random and long, so that a fast hash is enough. */
export const secretHash = (secret: string): string => createHash("sha256").update(secret).digest("base64url");
