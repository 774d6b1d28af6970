import type { Lab } from "../lab/lab.ts";
import { browserOffline, browserOfflineForgetful, prepareBrowser } from "./browser-offline.ts";
import { concurrentEdits, concurrentEditsUnguarded } from "./concurrent-edits.ts";
import { spoofedIdentity, spoofedIdentityWithStolenToken } from "./spoofed-identity.ts";
import { tokens, tokensWithStolenKey } from "./tokens.ts";

/** Tries something while the faults last. Resolves to what it has counted or measured, by name. */
export type Probe = (lab: Lab) => Promise<Record<string, number>>;

export type ProbeName =
  | "nothing"
  | "browser-offline"
  | "browser-offline-forgetful"
  | "concurrent-edits"
  | "concurrent-edits-unguarded"
  | "spoofed-identity"
  | "spoofed-identity-with-stolen-token"
  | "tokens"
  | "tokens-with-stolen-key";

export const probes: Readonly<Record<ProbeName, Probe>> = {
  nothing: async () => ({}),
  "browser-offline": browserOffline,
  "browser-offline-forgetful": browserOfflineForgetful,
  "concurrent-edits": concurrentEdits,
  "concurrent-edits-unguarded": concurrentEditsUnguarded,
  "spoofed-identity": spoofedIdentity,
  "spoofed-identity-with-stolen-token": spoofedIdentityWithStolenToken,
  tokens,
  "tokens-with-stolen-key": tokensWithStolenKey,
};

/** What has to be done for a probe before the product starts. */
export const preparations: Readonly<Partial<Record<ProbeName, () => Promise<void>>>> = {
  "browser-offline": prepareBrowser,
  "browser-offline-forgetful": prepareBrowser,
};
