import { BadUserInput } from "@tareas/service-kit/errors";
import type { FastifyRequest } from "fastify";

export const etagOf = (version: number) => `"${version}"`;

/**
 * The version that a change is based on, by If-Match (RFC 9110, 13.1.1) or by `expectedVersion` in the body.
 * Throws `BadUserInput` when If-Match is no ETag of ours, or when the two differ.
 */
export function expectedVersionOf(request: FastifyRequest, inBody?: number): { expectedVersion?: number } {
  const header = request.headers["if-match"];
  if (header === undefined || header === "*") return inBody === undefined ? {} : { expectedVersion: inBody };
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined || (inBody !== undefined && inBody !== Number(version)))
    throw new BadUserInput([{ path: "If-Match", code: "INVALID" }]);
  return { expectedVersion: Number(version) };
}
