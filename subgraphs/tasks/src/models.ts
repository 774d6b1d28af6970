import type { Connection } from "mongoose";
import { taskListSchema } from "./lists/list-model.ts";
import { ownerSchema } from "./owners/owner-model.ts";
import { taskSchema } from "./tasks/task-model.ts";
import { idempotentResultSchema } from "./writes/idempotent-result-model.ts";

export type Models = ReturnType<typeof createModels>;

/** The models of the `tasks` database on a connection. */
export function createModels(connection: Connection) {
  return {
    Task: connection.model("Task", taskSchema, "tasks"),
    TaskList: connection.model("TaskList", taskListSchema, "lists"),
    IdempotentResult: connection.model("IdempotentResult", idempotentResultSchema, "idempotentResults"),
    Owner: connection.model("Owner", ownerSchema, "owners"),
  };
}
