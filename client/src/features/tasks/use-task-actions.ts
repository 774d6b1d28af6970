import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CreateTaskInput } from "../../generated/graphql.ts";
import { undoForMs, useUndo } from "../../shared/ui/undo.tsx";
import { TaskCache } from "../sync/task-cache.ts";
import type { TaskRecord } from "../sync/task-record.ts";
import { useWorkspace } from "../sync/use-workspace.ts";
import { editedFields, newId, type TaskEdit, valuesOf, type Write, type WriteOf } from "../sync/write.ts";

const mostAtOnce = 100;

type BulkChange = Omit<WriteOf<"updateTasks">["input"], "ids">;

/** What a person can do with tasks. Each is shown at once, and what takes something away offers a way back. */
export function useTaskActions() {
  const { ownerId, apollo, queue } = useWorkspace();
  const offerUndo = useUndo();
  const { t } = useTranslation();

  return useMemo(() => {
    const cache = new TaskCache(apollo.cache);
    const known = (ids: readonly string[]) => ids.flatMap((id) => cache.task(id) ?? []);
    const add = (write: Write) => queue.add(write);

    const edit = (id: string, wanted: TaskEdit) => {
      const task = cache.task(id);
      if (!task) return;
      const fields = editedFields(wanted);
      const base = { version: task.version, values: valuesOf(task, fields) };
      add({ kind: "updateTask", input: { id, ...tidied(wanted) }, base });
    };
    const changeMany = (ids: readonly string[], change: BulkChange) => {
      for (let at = 0; at < ids.length; at += mostAtOnce)
        add({ kind: "updateTasks", input: { ids: ids.slice(at, at + mostAtOnce), ...change } });
    };
    const trash = (ids: readonly string[]) => {
      const [only, ...others] = ids;
      if (only && others.length === 0) add({ kind: "deleteTask", input: { id: only } });
      else changeMany(ids, { trashed: true });
    };
    const restore = (ids: readonly string[]) => {
      const [only, ...others] = ids;
      if (only && others.length === 0) add({ kind: "restoreTask", input: { id: only } });
      else changeMany(ids, { trashed: false });
    };
    const complete = (ids: readonly string[], completed: boolean) => {
      const [only, ...others] = ids;
      if (only && others.length === 0) edit(only, { completed });
      else changeMany(ids, { completed });
    };
    /** What can't be taken back at the server is held here while the way back is offered, or until the next change. */
    const hold = (write: Write, text: string) => {
      const id = queue.add(write, { holdMs: undoForMs });
      offerUndo(text, () => queue.takeBack(id));
    };

    return {
      /** The task as it is by now. */
      taskOf: (id: string): TaskRecord | null => cache.task(id),
      create(input: Omit<CreateTaskInput, "id">): string {
        const id = newId(ownerId);
        add({ kind: "createTask", input: { ...input, id, title: tidy(input.title) } });
        return id;
      },
      edit,
      complete(ids: readonly string[], completed: boolean) {
        const changed = known(ids).filter((task) => task.completed !== completed);
        if (changed.length === 0) return;
        const changedIds = idsOf(changed);
        complete(changedIds, completed);
        const count = changed.length;
        offerUndo(completed ? t(($) => $.tasks.didComplete, { count }) : t(($) => $.tasks.didReopen, { count }), () =>
          complete(changedIds, !completed),
        );
      },
      trash(ids: readonly string[]) {
        const changed = idsOf(known(ids).filter(({ deletedAt }) => deletedAt === null));
        if (changed.length === 0) return;
        trash(changed);
        offerUndo(
          t(($) => $.tasks.didDelete, { count: changed.length }),
          () => restore(changed),
        );
      },
      restore(ids: readonly string[]) {
        restore(ids);
        offerUndo(
          t(($) => $.tasks.didRestore, { count: ids.length }),
          () => trash(ids),
        );
      },
      purge(id: string) {
        hold(
          { kind: "purgeTask", input: { id } },
          t(($) => $.tasks.didPurge),
        );
      },
      emptyTrash() {
        hold(
          { kind: "emptyTrash" },
          t(($) => $.tasks.didEmptyTrash),
        );
      },
      moveTo(ids: readonly string[], listId: string) {
        const changed = known(ids).filter(({ list }) => list.id !== listId);
        if (changed.length === 0) return;
        changeMany(idsOf(changed), { listId });
        offerUndo(
          t(($) => $.tasks.didMove, { count: changed.length }),
          () => {
            for (const [home, tasks] of Map.groupBy(changed, ({ list }) => list.id))
              changeMany(idsOf(tasks), { listId: home });
          },
        );
      },
      tag(ids: readonly string[], tag: string) {
        const changed = idsOf(known(ids).filter(({ tags }) => !tags.includes(tag)));
        if (changed.length === 0) return;
        changeMany(changed, { addTags: [tag] });
        offerUndo(
          t(($) => $.tasks.didTag, { count: changed.length }),
          () => changeMany(changed, { removeTags: [tag] }),
        );
      },
      /** Puts a task beside another of its list. */
      place(id: string, beside: { readonly afterId: string } | { readonly beforeId: string }) {
        add({ kind: "moveTask", input: { id, ...beside } });
      },
    };
  }, [ownerId, apollo, queue, offerUndo, t]);
}

export type TaskActions = ReturnType<typeof useTaskActions>;

const idsOf = (tasks: readonly Pick<TaskRecord, "id">[]) => tasks.map(({ id }) => id);
// As the server keeps it, so that what comes back is not taken for somebody else's change, and nothing is refused for
// what nobody can see: control characters and bidirectional overrides, as they come with pasted text.
const invisible = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;
const invisibleInProse = /(?![\t\n\r])[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;
const tidy = (text: string) => text.normalize("NFC").replaceAll(invisible, " ").trim();
const tidied = (edit: TaskEdit): TaskEdit => ({
  ...edit,
  ...(edit.title && { title: tidy(edit.title) }),
  ...(edit.notes && { notes: edit.notes.normalize("NFC").replaceAll(invisibleInProse, "") }),
});
