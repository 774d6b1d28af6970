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
interface EditBase {
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

/** Whether a write is about tasks that it does not name: all of the trash, or all of a list. */
export const sweeps = ({ kind }: Write): boolean => kind === "emptyTrash" || kind === "deleteTaskList";

export const fillsTrash = (write: Write): boolean =>
  write.kind === "deleteTask" ||
  (write.kind === "updateTasks" && write.input.trashed === true) ||
  (write.kind === "deleteTaskList" && write.input.tasks === "TRASH");

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

let made = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

/**
 * An id for something new: an ObjectId (BSON specification) whose five bytes behind the timestamp are the last of its
 * owner's id, by which the server knows that it is theirs to choose, and whose last three count up from a random number:
 * of what is made within a second, the later has the greater id.
 */
export function newId(ownerId: string, now = Date.now()): string {
  made += 1;
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  return `${hex(Math.floor(now / 1_000), 8)}${ownerId.slice(-10)}${hex(made % 0x1000000, 6)}`;
}
