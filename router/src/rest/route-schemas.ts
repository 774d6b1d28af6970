import { type ErrorCode, httpStatusOf } from "@tareas/service-kit/errors";
import type { FastifySchema } from "fastify";

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: { $ref: "Problem#" } } },
});

/** The answers of a route that can fail with these codes; any route can fail with those that are added. */
export function problems(...codes: ErrorCode[]): Record<number, object> {
  const byStatus = new Map<number, string[]>();
  const all: ErrorCode[] = [...codes, "BAD_USER_INPUT", "SUBGRAPH_UNAVAILABLE", "SUBGRAPH_TIMEOUT"];
  for (const code of [...all, "INTERNAL_SERVER_ERROR"] as const) {
    const status = httpStatusOf[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries([...byStatus].map(([status, of]) => [status, problem(`\`${of.join("`, `")}\``)]));
}

const etag = { ETag: { type: "string", description: "The version in quotation marks, for If-Match." } };
const location = { Location: { type: "string", description: "Where it is." } };

/** A success whose body is a shared schema. */
export const answer = (schema: string, description: string) => ({ description, $ref: `${schema}#` });
export const versioned = (schema: string, description: string) => ({ ...answer(schema, description), headers: etag });
export const created = (schema: string, description: string) => ({
  ...answer(schema, description),
  headers: { ...location, ...etag },
});

export const bearer = [{ accessToken: [] }];

const idempotencyKey = {
  "idempotency-key": {
    type: "string",
    description: "1 to 255 visible ASCII characters: the same key and input replays the first answer for 24 hours.",
  },
};
const ifMatch = {
  "if-match": { type: "string", description: "The ETag that the change is based on; else `CONFLICT`." },
};

export const writeHeaders = { type: "object", properties: idempotencyKey };
export const changeHeaders = { type: "object", properties: { ...idempotencyKey, ...ifMatch } };

export type RouteSchema = FastifySchema;
