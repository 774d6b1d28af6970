import { BadUserInput } from "@tareas/service-kit/errors";
import { toObjectId } from "../ids.ts";
import type { Place, ResolvedOrder } from "./orderings.ts";

/** An opaque cursor (Relay): where a task stands in an order. */
export function encodeCursor(order: ResolvedOrder, { value, id }: Place): string {
  const plain = value instanceof Date ? value.getTime() : value;
  return Buffer.from(JSON.stringify([order.name, plain, id.toHexString()])).toString("base64url");
}

/** Throws `BadUserInput` for what is no cursor, or one of another order. `argument` names it in the error. */
export function decodeCursor(order: ResolvedOrder, cursor: string, argument: "after" | "before"): Place {
  const [name, plain, hex] = parse(cursor) ?? [];
  const id = typeof hex === "string" ? toObjectId(hex) : undefined;
  const value = placeValue(order, plain);
  if (name !== order.name || value === undefined || !id)
    throw new BadUserInput(
      [{ path: argument, code: "INVALID_CURSOR" }],
      `The cursor \`${argument}\` does not belong here.`,
    );
  return { value, id };
}

function parse(cursor: string): unknown[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(parts) ? parts : undefined;
  } catch {
    return undefined; // not JSON: the caller refuses it
  }
}

function placeValue({ valueType }: ResolvedOrder, plain: unknown): Place["value"] | undefined {
  if (valueType === "string") return typeof plain === "string" ? plain : undefined;
  if (typeof plain !== "number" || !Number.isSafeInteger(plain)) return undefined;
  if (valueType === "number") return plain;
  const date = new Date(plain);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
