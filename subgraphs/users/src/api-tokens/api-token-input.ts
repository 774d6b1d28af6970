import { scopes } from "@tareas/service-kit/auth/scopes";
import { line } from "@tareas/service-kit/validation";
import { z } from "zod";

const dayMs = 24 * 60 * 60 * 1_000;
const defaultDays = 90;
const mostDays = 365;

export type WantedApiToken = z.output<typeof wantedApiToken>;

/** The input of `createApiToken`; each scope counts once, in no order. */
export const wantedApiToken = z
  .object({
    name: line({ min: 1, max: 100 }),
    scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
    expiresInDays: z.number().int().min(1).max(mostDays).nullish(),
  })
  .transform(({ name, scopes, expiresInDays }) => ({
    name,
    scopes: [...new Set(scopes)].sort(),
    lifetimeMs: (expiresInDays ?? defaultDays) * dayMs,
  }));
