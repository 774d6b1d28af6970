import { useEffect, useMemo, useRef } from "react";
import type { ListedTask } from "./use-tasks.ts";

/** The tasks of a view, with the one that is being edited where it was, also when the edit takes it out of the view. */
export function useKept<Tasks extends readonly ListedTask[] | undefined>(tasks: Tasks, editingId: string | null) {
  const last = useRef<{ task: ListedTask; index: number } | null>(null);
  const shown = useMemo(() => {
    const kept = last.current;
    if (editingId === null || kept?.task.id !== editingId || !tasks || tasks.some(({ id }) => id === editingId))
      return tasks;
    return tasks.toSpliced(kept.index, 0, kept.task);
  }, [tasks, editingId]);
  useEffect(() => {
    const index = shown?.findIndex(({ id }) => id === editingId) ?? -1;
    const task = shown?.[index];
    last.current = task ? { task, index } : null;
  }, [shown, editingId]);
  return shown;
}
