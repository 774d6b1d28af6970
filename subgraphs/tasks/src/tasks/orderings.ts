import type { OrderDirection, TaskOrder, TaskOrderField } from "../generated/schema.ts";
import type { TaskRecord } from "./task.ts";

export type OrderedField = "createdAt" | "updatedAt" | "due" | "priority" | "position";

/** What a task sorts by; `_id` breaks ties, so that the order is total. */
export interface Ordering {
  readonly field: OrderedField;
  readonly valueType: "date" | "string" | "number";
}

export const orderings: Readonly<Record<TaskOrderField, Ordering>> = {
  CREATED_AT: { field: "createdAt", valueType: "date" },
  UPDATED_AT: { field: "updatedAt", valueType: "date" },
  DUE_DATE: { field: "due", valueType: "string" },
  PRIORITY: { field: "priority", valueType: "number" },
  POSITION: { field: "position", valueType: "string" },
};

/** An order as a request gives it, with its defaults filled in: newest first, or else ascending. */
export interface ResolvedOrder extends Ordering {
  readonly name: TaskOrderField;
  readonly direction: OrderDirection;
}

export function resolveOrder(order: TaskOrder | null | undefined): ResolvedOrder {
  const name = order?.field ?? "CREATED_AT";
  return { name, ...orderings[name], direction: order?.direction ?? (order ? "ASC" : "DESC") };
}

/** Where a task stands in an order: what it sorts by, and its id. */
export interface Place {
  readonly value: TaskRecord[OrderedField];
  readonly id: TaskRecord["_id"];
}
