import type { DraggableAttributes } from "@dnd-kit/core";
import { useSortable } from "@dnd-kit/sortable";
import { useReducedMotion } from "@mantine/hooks";
import { type CSSProperties, type ReactNode, useMemo } from "react";

export type DragHandle = Pick<DraggableAttributes, never> & Record<string, unknown>;

interface SortableRowProps {
  readonly id: string;
  readonly children: (drag: DragHandle) => ReactNode;
}

/** A row that can be dragged by its handle. (Who does not drag moves a task with Alt and the arrows, or in its editor.) */
export function SortableRow({ id, children }: SortableRowProps) {
  const isStill = useReducedMotion();
  const { listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
    ...(isStill && { transition: null }),
  });
  // The same one from one time to the next, so that the row is drawn again for its own reasons only.
  const drag = useMemo(() => ({ ref: setActivatorNodeRef, ...listeners }), [setActivatorNodeRef, listeners]);
  const style: CSSProperties = {
    ...(transform && { translate: `0 ${transform.y}px` }),
    ...(transition && { transition: transition.replace("transform", "translate") }),
    ...(isDragging && { position: "relative", zIndex: 1, boxShadow: "var(--mantine-shadow-md)" }),
  };
  return (
    <div ref={setNodeRef} style={style}>
      {children(drag)}
    </div>
  );
}
