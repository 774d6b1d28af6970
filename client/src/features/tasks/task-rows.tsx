import { SortableContext, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useToday } from "../../shared/use-today.ts";
import { ListedRow } from "./listed-row.tsx";
import { RowPlaceholder } from "./placeholders.tsx";
import { SortableRow } from "./sortable-row.tsx";
import classes from "./task-rows.module.css";
import { useRowKeys } from "./use-row-keys.ts";
import type { Selection } from "./use-selection.ts";
import type { TaskActions } from "./use-task-actions.ts";
import type { ListedTask } from "./use-tasks.ts";

const loadEditor = () => import("./task-editor.tsx");
const TaskEditor = lazy(() => loadEditor().then((module) => ({ default: module.TaskEditor })));

const rowHeight = 53;
const loadAhead = 40;
const idleMs = 2_000;

interface TaskRowsProps {
  readonly label: string;
  readonly tasks: readonly ListedTask[];
  /** The task that is open for editing. */
  readonly editingId: string | null;
  readonly actions: TaskActions;
  readonly selection: Selection;
  readonly showsList: boolean;
  readonly canSort: boolean;
  readonly hasMore: boolean;
  readonly onEnd: () => void;
  readonly onEdit: (id: string | null) => void;
}

/**
 * The rows of a list of tasks: as many as the window shows, whatever the length of the list. One of them has the
 * keyboard's attention; one can be open for editing.
 */
export function TaskRows(props: TaskRowsProps) {
  const { label, tasks, editingId, actions, selection, showsList, canSort, hasMore, onEnd, onEdit } = props;
  const { t } = useTranslation();
  const today = useToday();
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);

  useLayoutEffect(() => {
    setOffset(list.current?.offsetTop ?? 0);
  });
  const rows = useWindowVirtualizer({
    count: tasks.length,
    estimateSize: () => rowHeight,
    overscan: 12,
    // Clear of the header and the bar of what is chosen, and of a toast.
    scrollPaddingStart: 160,
    scrollPaddingEnd: 80,
    scrollMargin: offset,
    getItemKey: (index) => tasks[index]?.id ?? index,
  });
  const items = rows.getVirtualItems();
  const [firstShown, lastShown] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  // Rows that aren't there can't be dragged over; each that is there looks through all of these.
  const sortable = useMemo(
    () => tasks.slice(firstShown, lastShown + 1).map(({ id }) => id),
    [tasks, firstShown, lastShown],
  );
  useEffect(() => {
    if (hasMore && lastShown >= tasks.length - loadAhead) onEnd();
  }, [hasMore, lastShown, tasks.length, onEnd]);

  // It will be wanted, and then at once.
  useEffect(() => {
    const timer = setTimeout(() => void loadEditor().catch(() => {}), idleMs);
    return () => clearTimeout(timer);
  }, []);

  const keys = useRowKeys({ list, tasks, actions, selection, canSort, rows, editingId, onEdit });
  const stopEditing = (id: string) => {
    onEdit(null);
    keys.focus(id);
  };

  return (
    <ul
      ref={list}
      className={classes.list}
      style={{ height: rows.getTotalSize() }}
      aria-label={label}
      onFocus={keys.onFocus}
    >
      <SortableContext items={sortable} strategy={verticalListSortingStrategy} disabled={!canSort}>
        {items.map(({ index, key, start }) => {
          const task = tasks[index];
          if (!task) return null;
          const rowOf = (drag?: object) => (
            <ListedRow
              id={task.id}
              today={today}
              actions={actions}
              isSelected={selection.has(task.id)}
              isChoosing={selection.isChoosing}
              showsList={showsList}
              drag={drag as never}
              onSelect={selection.toggle}
              onEdit={onEdit}
            />
          );
          return (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              data-first={index === 0 || undefined}
              data-last={index === tasks.length - 1 || undefined}
              data-task={task.id}
              tabIndex={-1}
              aria-setsize={hasMore ? -1 : tasks.length}
              aria-posinset={index + 1}
              className={classes.item}
              style={{ transform: `translateY(${start - offset}px)` }}
            >
              {editingId === task.id ? (
                <Suspense fallback={<RowPlaceholder width={60} />}>
                  <TaskEditor
                    id={task.id}
                    canSort={canSort}
                    neighbours={{ above: tasks[index - 1]?.id, below: tasks[index + 1]?.id }}
                    onClose={() => stopEditing(task.id)}
                  />
                </Suspense>
              ) : canSort ? (
                <SortableRow id={task.id}>{rowOf}</SortableRow>
              ) : (
                rowOf()
              )}
            </li>
          );
        })}
      </SortableContext>
      {/* A new one for each page: one that went from end to end would count as something that moved under one's eyes. */}
      {hasMore && (
        <li key={`more than ${tasks.length}`} className={classes.more}>
          {t(($) => $.app.loading)}
        </li>
      )}
    </ul>
  );
}
