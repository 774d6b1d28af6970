import type {
  CreateTaskInput,
  CreateTaskListInput,
  DeleteTaskInput,
  DeleteTaskListInput,
  MoveTaskInput,
  PurgeTaskInput,
  RestoreTaskInput,
  UpdateTaskInput,
  UpdateTaskListInput,
  UpdateTasksInput,
} from "../../generated/graphql.ts";
import type { TaskRecord } from "./task-record.ts";

/** The fields of a task that a person edits, as an update names them. */
export type TaskEdit = Omit<UpdateTaskInput, "id" | "expectedVersion">;
export type EditedField = keyof TaskEdit;

/** What an edit began with: the version that was on the screen, and what its fields said. */
export interface EditBase {
  readonly version: number;
  readonly values: TaskEdit;
}

/** A change of lists or tasks, named after the mutation that makes it. */
export type Write =
  | { readonly kind: "createTask"; readonly input: CreateTaskInput & { readonly id: string } }
  | { readonly kind: "updateTask"; readonly input: { readonly id: string } & TaskEdit; readonly base: EditBase }
  | { readonly kind: "moveTask"; readonly input: MoveTaskInput }
  | { readonly kind: "deleteTask"; readonly input: DeleteTaskInput }
  | { readonly kind: "restoreTask"; readonly input: RestoreTaskInput }
  | { readonly kind: "purgeTask"; readonly input: PurgeTaskInput }
  | { readonly kind: "emptyTrash" }
  | { readonly kind: "updateTasks"; readonly input: UpdateTasksInput }
  | { readonly kind: "createTaskList"; readonly input: CreateTaskListInput & { readonly id: string } }
  | { readonly kind: "updateTaskList"; readonly input: UpdateTaskListInput }
  | { readonly kind: "deleteTaskList"; readonly input: DeleteTaskListInput };

export type WriteKind = Write["kind"];
export type WriteOf<Kind extends WriteKind> = Extract<Write, { kind: Kind }>;

/** The ids that a write is about: one that is held up holds up those behind it that share an id. */
export function touched(write: Write): readonly string[] {
  switch (write.kind) {
    case "emptyTrash":
      return [];
    case "updateTasks":
      return [...write.input.ids, ...(write.input.listId ? [write.input.listId] : [])];
    case "createTask":
    case "updateTask":
    case "moveTask":
      return [write.input.id, ...(write.input.listId ? [write.input.listId] : [])];
    default:
      return [write.input.id];
  }
}

/** What a task says in the fields of an edit. */
export function valuesOf(task: TaskRecord, fields: readonly EditedField[]): TaskEdit {
  const all: Required<TaskEdit> = {
    title: task.title,
    notes: task.notes,
    completed: task.completed,
    priority: task.priority,
    dueDate: task.dueDate,
    tags: task.tags,
    listId: task.list.id,
  };
  return Object.fromEntries(fields.map((field) => [field, all[field]]));
}

export const editedFields = (edit: TaskEdit): EditedField[] => Object.keys(edit) as EditedField[];

/**
 * An id for something new: an ObjectId whose five bytes behind the timestamp are the last of its owner's id, by which
 * the server knows that it is theirs to choose.
 */
export function newId(ownerId: string, now = Date.now()): string {
  const seconds = Math.floor(now / 1_000)
    .toString(16)
    .padStart(8, "0");
  const random = [...crypto.getRandomValues(new Uint8Array(3))].map((byte) => byte.toString(16).padStart(2, "0"));
  return `${seconds}${ownerId.slice(-10)}${random.join("")}`;
}
