import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { undoForMs, useUndo } from "../../shared/ui/undo.tsx";
import { useWorkspace } from "../sync/use-workspace.ts";
import { newId, type WriteOf } from "../sync/write.ts";

type ListChange = Omit<WriteOf<"updateTaskList">["input"], "id" | "expectedVersion">;

/** What a person can do with lists. Each is shown at once. */
export function useListActions() {
  const { ownerId, queue } = useWorkspace();
  const offerUndo = useUndo();
  const { t } = useTranslation();
  return useMemo(
    () => ({
      create({ name, color }: { name: string; color: string | null }): string {
        const id = newId(ownerId);
        queue.add({ kind: "createTaskList", input: { id, name: name.trim(), color } });
        return id;
      },
      change(id: string, change: ListChange) {
        queue.add({ kind: "updateTaskList", input: { id, ...change } });
      },
      /** Takes its tasks to the trash, or to the first list. It is held here as long as it can be undone. */
      remove(id: string, tasks: "TRASH" | "MOVE") {
        const write = queue.add({ kind: "deleteTaskList", input: { id, tasks } }, { holdMs: undoForMs });
        offerUndo(
          t(($) => $.lists.didDelete),
          () => queue.takeBack(write),
        );
      },
    }),
    [ownerId, queue, offerUndo, t],
  );
}

export type ListActions = ReturnType<typeof useListActions>;
