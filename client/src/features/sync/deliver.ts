import type { ListRecord, TaskRecord } from "./task-record.ts";
import { Refusal, type Send } from "./transport.ts";
import { type EditedField, editedFields, type TaskEdit, valuesOf, type Write, type WriteOf } from "./write.ts";
import { currentTask, writeDocuments } from "./write-documents.ts";

/** What is known at the server once a write is done. */
export interface Done {
  readonly type: "done";
  readonly tasks: readonly TaskRecord[];
  readonly lists: readonly ListRecord[];
  /** Ids of tasks that are no more. */
  readonly gone: readonly string[];
}

/** Why a write waits for its person. */
export type Problem =
  | { readonly type: "conflict"; readonly fields: readonly EditedField[]; readonly current: TaskRecord }
  | { readonly type: "gone" }
  | { readonly type: "refused"; readonly code: string };

/** What became of a write: done, to be sent in another form, or left to its person. */
export type Outcome = Done | { readonly type: "instead"; readonly write: Write } | Problem;

interface Result {
  readonly task?: TaskRecord;
  readonly taskList?: ListRecord;
  readonly purgedId?: string;
  readonly remaining?: boolean;
  readonly results?: readonly { readonly id: string; readonly task: TaskRecord | null }[];
}

const done = (what: Partial<Done> = {}): Done => ({ type: "done", tasks: [], lists: [], gone: [], ...what });

/** Sends a write. Throws what {@link Send} throws but for a refusal, which becomes an outcome. */
export async function deliver(write: Write, key: string, send: Send): Promise<Outcome> {
  try {
    const data = (await send(writeDocuments[write.kind], { input: inputOf(write) }, key)) as { result: Result };
    // A large trash is emptied in steps.
    return data.result.remaining ? { type: "instead", write } : doneBy(data.result);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused(write, error, send);
  }
}

/** The input as it is sent: an edit names the version that it was made on. */
function inputOf(write: Write): object | undefined {
  if (write.kind === "emptyTrash") return undefined;
  return write.kind === "updateTask" ? { ...write.input, expectedVersion: write.base.version } : write.input;
}

function doneBy({ task, taskList, purgedId, results = [] }: Result): Done {
  const changed = results.flatMap((result) => result.task ?? []);
  const missing = results.filter((result) => result.task === null).map(({ id }) => id);
  return done({
    tasks: task ? [task] : changed,
    lists: taskList ? [taskList] : [],
    gone: purgedId === undefined ? missing : [purgedId],
  });
}

/** A refusal is the last word only if there is no other way to what the person wanted. */
async function refused(write: Write, refusal: Refusal, send: Send): Promise<Outcome> {
  const find = async (id: string) => {
    const data = await send(currentTask, { id }).catch((error) => {
      if (error instanceof Refusal && error.code === "NOT_FOUND") return { task: null };
      throw error;
    });
    return (data as { task: TaskRecord | null }).task;
  };
  const asItIs = async (id: string): Promise<Done> => {
    const task = await find(id);
    return task ? done({ tasks: [task] }) : done({ gone: [id] });
  };
  const isMissing = refusal.code === "NOT_FOUND";
  const no: Problem = { type: "refused", code: refusal.fields[0]?.code ?? refusal.code };

  switch (write.kind) {
    case "createTask": {
      // It was made by an earlier attempt, longer ago than the server remembers keys.
      if (refusal.says("id", "TAKEN")) return asItIs(write.input.id);
      if (!isMissing || !write.input.listId) return no;
      const { listId: _, ...elsewhere } = write.input;
      return { type: "instead", write: { ...write, input: elsewhere } };
    }
    case "updateTask": {
      if (!isMissing && refusal.code !== "CONFLICT") return no;
      const task = await find(write.input.id);
      if (refusal.code === "CONFLICT" && task) return rebased(write, task);
      return task ? withoutList(write, task) : editOfMissing(write);
    }
    case "moveTask": {
      const { id, listId, afterId, beforeId } = write.input;
      const task = await find(id);
      if (!task || (!afterId && !beforeId)) return asItIs(id);
      // The neighbour has left: at the end of the list, then.
      return { type: "instead", write: { ...write, input: { id, ...(listId && { listId }) } } };
    }
    case "deleteTask":
    case "restoreTask":
    case "purgeTask":
      return isMissing || refusal.says("id", "NOT_IN_TRASH") ? asItIs(write.input.id) : no;
    case "createTaskList":
      return refusal.says("id", "TAKEN") ? done() : no;
    case "deleteTaskList": {
      if (!isMissing) return no;
      const { moveToListId, ...rest } = write.input;
      return moveToListId ? { type: "instead", write: { ...write, input: rest } } : done();
    }
    case "updateTaskList":
    case "updateTasks":
      return isMissing ? done() : no;
    case "emptyTrash":
      return no;
  }
}

/**
 * An edit of a task that others have changed: it goes on where they changed other fields, or the same to the same; where
 * a field says what neither began with, the person has to choose.
 */
export function rebased(write: WriteOf<"updateTask">, current: TaskRecord): Outcome {
  const fields = editedFields(write.base.values);
  const now = valuesOf(current, fields);
  const open = fields.filter((field) => !same(now[field], write.input[field]));
  const contested = open.filter((field) => !same(now[field], write.base.values[field]));
  if (contested.length > 0) return { type: "conflict", fields: contested, current };
  return editOf(current, write, open);
}

/** An edit again, of some of its fields, on what a task says now; done when there are none. */
export function editOf(
  current: TaskRecord,
  { input }: WriteOf<"updateTask">,
  fields: readonly EditedField[],
): Exclude<Outcome, Problem> {
  if (fields.length === 0) return done({ tasks: [current] });
  const edit = Object.fromEntries(fields.map((field) => [field, input[field]])) as TaskEdit;
  const base = { version: current.version, values: valuesOf(current, fields) };
  return { type: "instead", write: { kind: "updateTask", input: { ...edit, id: current.id }, base } };
}

/** The list that a task was to go to is gone: all else of the edit still stands. */
const withoutList = (write: WriteOf<"updateTask">, current: TaskRecord) =>
  editOf(
    current,
    write,
    editedFields(write.base.values).filter((field) => field !== "listId"),
  );

/** To complete or to move what is gone means nothing; words that were written of it are not thrown away. */
const editOfMissing = ({ input, base }: WriteOf<"updateTask">): Outcome =>
  editedFields(base.values).every((field) => field === "completed" || field === "listId")
    ? done({ gone: [input.id] })
    : { type: "gone" };

// Texts, flags, and lists of texts: equal when their JSON is. Null and nothing are the same.
const same = (a: unknown, b: unknown) => JSON.stringify(a || null) === JSON.stringify(b || null);
