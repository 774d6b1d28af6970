import type { Mix } from "../load/load.ts";

/** What people do all day: mostly reads, and every fourth operation a write. */
export const everyday: Mix = { tasks: 30, federated: 30, me: 12, create: 14, rename: 10, delete: 3, login: 1 };

/** Reads and writes of tasks, and nothing else. */
export const tasksOnly: Mix = { tasks: 60, create: 25, rename: 12, delete: 3 };

/** Nineteen reads, and a write. */
export const mostlyReads: Mix = { tasks: 40, federated: 40, me: 15, create: 3, rename: 2 };

/** Mostly writes. */
export const writesFirst: Mix = { tasks: 10, create: 50, rename: 30, delete: 10 };

export const reads = ["tasks", "federated", "me"] as const;
export const writes = ["create", "rename", "delete"] as const;
