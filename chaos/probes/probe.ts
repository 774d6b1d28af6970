import type { Lab } from "../lab/lab.ts";
import { tokens, tokensWithStolenKey } from "./tokens.ts";

/** Tries something while the faults last. Resolves to what it has counted or measured, by name. */
export type Probe = (lab: Lab) => Promise<Record<string, number>>;

export type ProbeName = "nothing" | "tokens" | "tokens-with-stolen-key";

export const probes: Readonly<Record<ProbeName, Probe>> = {
  nothing: async () => ({}),
  tokens,
  "tokens-with-stolen-key": tokensWithStolenKey,
};
