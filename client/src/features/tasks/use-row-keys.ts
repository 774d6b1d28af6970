import type { Virtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, type RefObject, useCallback, useEffect, useRef } from "react";
import { useShortcuts } from "../keyboard/use-shortcuts.ts";
import type { Selection } from "./use-selection.ts";
import type { TaskActions } from "./use-task-actions.ts";
import type { ListedTask } from "./use-tasks.ts";

interface RowKeysOptions {
  readonly list: RefObject<HTMLUListElement | null>;
  readonly tasks: readonly ListedTask[];
  readonly actions: TaskActions;
  readonly selection: Selection;
  readonly canSort: boolean;
  readonly rows: Virtualizer<Window, Element>;
  readonly editingId: string | null;
  readonly onEdit: (id: string) => void;
}

/**
 * The keyboard's way through the rows. Focus is on a row and goes on to the next when its task leaves the list; rows
 * out of sight are brought into it first.
 */
export function useRowKeys({ list, tasks, actions, selection, canSort, rows, editingId, onEdit }: RowKeysOptions) {
  const at = useRef<{ id: string; index: number } | null>(null);
  const wanted = useRef<string | null>(null);

  const elementOf = useCallback(
    (id: string) => list.current?.querySelector<HTMLElement>(`[data-task="${id}"]`) ?? null,
    [list],
  );
  const focus = useCallback(
    (id: string) => {
      const index = tasks.findIndex((task) => task.id === id);
      if (index < 0) return;
      wanted.current = id;
      at.current = { id, index };
      rows.scrollToIndex(index, { align: "auto" });
      elementOf(id)?.focus({ preventScroll: true });
    },
    [tasks, rows, elementOf],
  );

  const focusNear = (index: number) => {
    const next = tasks[Math.min(index, tasks.length - 1)];
    if (next) focus(next.id);
  };

  // A row that was asked for before it was there takes the focus when it is; so does the next one of a row that left.
  useEffect(() => {
    if (wanted.current && document.activeElement !== elementOf(wanted.current))
      elementOf(wanted.current)?.focus({ preventScroll: true });
    if (wanted.current && elementOf(wanted.current)) wanted.current = null;
    const last = at.current;
    const index = tasks.findIndex(({ id }) => id === last?.id);
    if (last && index >= 0) last.index = index;
    else if (last && !editingId && document.activeElement === document.body) focusNear(last.index);
  });

  const onFocus = useCallback((event: FocusEvent<HTMLElement>) => {
    const row = event.target.closest<HTMLElement>("[data-task]");
    const id = row?.dataset.task;
    if (id) at.current = { id, index: Number(row.dataset.index) };
  }, []);

  const current = () => {
    const focused = document.activeElement?.closest<HTMLElement>("[data-task]")?.dataset.task;
    return focused && tasks.some(({ id }) => id === focused) ? focused : undefined;
  };
  const step = (by: number) => {
    // Keys come faster than rows: one that is still on its way counts as reached.
    const indices = [wanted.current, current()].map((here) => tasks.findIndex(({ id }) => id === here));
    const index = indices.find((found) => found >= 0) ?? -1;
    const from = index < 0 ? (at.current?.index ?? -1) - (by > 0 ? 1 : -1) * (at.current ? 1 : 0) : index;
    const next = tasks[Math.max(0, Math.min(from + by, tasks.length - 1))];
    if (next) focus(next.id);
  };
  const withCurrent = (action: (id: string) => void) => () => {
    const id = current();
    if (id) action(id);
  };
  const move = (by: -1 | 1) =>
    withCurrent((id) => {
      const index = tasks.findIndex((task) => task.id === id);
      const neighbour = tasks[index + by];
      if (!canSort || !neighbour) return;
      // The list shows its end on top: what is above comes after.
      actions.place(id, by < 0 ? { afterId: neighbour.id } : { beforeId: neighbour.id });
      wanted.current = id;
    });
  const actOn = (id: string, action: (ids: readonly string[]) => void) => {
    action(selection.ids.size > 0 ? [...selection.ids] : [id]);
    selection.clear();
  };

  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    x: withCurrent((id) => selection.toggle(id, false)),
    "shift+x": withCurrent((id) => selection.toggle(id, true)),
    e: withCurrent(onEdit),
    enter: () => {
      const row = document.activeElement;
      if (row instanceof HTMLElement && row.dataset.task) onEdit(row.dataset.task);
      else return false;
    },
    c: withCurrent((id) => {
      const task = actions.taskOf(id);
      if (task && !task.deletedAt) actOn(id, (ids) => actions.complete(ids, !task.completed));
    }),
    delete: withCurrent((id) => {
      if (actions.taskOf(id)?.deletedAt) actions.purge(id);
      else actOn(id, actions.trash);
    }),
    "alt+arrowup": move(-1),
    "alt+arrowdown": move(1),
    "ctrl+a": () => {
      if (!current()) return false;
      selection.choose(tasks.map(({ id }) => id));
    },
    escape: () => {
      if (!selection.isChoosing) return false;
      selection.clear();
    },
  });
  return { focus, onFocus };
}
