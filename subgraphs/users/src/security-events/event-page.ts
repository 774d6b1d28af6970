import { BadUserInput } from "@tareas/service-kit/errors";
import { parseInput } from "@tareas/service-kit/validation";
import { z } from "zod";
import type { SecurityEvent } from "./security-event.ts";

/** Where an event stands in the order of an account's events. */
export interface EventPlace {
  readonly at: Date;
  readonly id: string;
}

const mostPerPage = 100;
const usualPerPage = 20;

const pageArguments = z.object({
  first: z.int().min(0).max(mostPerPage).nullish(),
  after: z.string().nullish(),
});

/** Reads the arguments of a connection (Relay). Throws `BadUserInput` for a size outside 0 to 100, or no cursor. */
export function resolveEventPage(args: unknown): { readonly size: number; readonly after: EventPlace | null } {
  const { first, after } = parseInput(pageArguments, args);
  return { size: first ?? usualPerPage, after: after ? decodeEventCursor(after) : null };
}

/** An opaque cursor (Relay). */
export const encodeEventCursor = ({ at, id }: EventPlace): string =>
  Buffer.from(JSON.stringify([at.getTime(), id])).toString("base64url");

function decodeEventCursor(cursor: string): EventPlace {
  const [time, id] = parse(cursor) ?? [];
  const at = new Date(typeof time === "number" ? time : Number.NaN);
  if (Number.isNaN(at.getTime()) || typeof id !== "string")
    throw new BadUserInput([{ path: "after", code: "INVALID_CURSOR" }], "The cursor `after` does not belong here.");
  return { at, id };
}

function parse(cursor: string): unknown[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(parts) ? parts : undefined;
  } catch {
    return undefined; // not JSON: the caller refuses it
  }
}

/** One page of events as a Relay connection, out of up to one more than it holds. */
export function eventPage(found: readonly SecurityEvent[], size: number, after: EventPlace | null) {
  const nodes = found.slice(0, size);
  const edges = nodes.map((node) => ({ node, cursor: encodeEventCursor(node) }));
  return {
    nodes,
    edges,
    pageInfo: {
      hasNextPage: found.length > size,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
