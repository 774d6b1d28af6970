import type { DraggableAttributes } from "@dnd-kit/core";
import { useSortable } from "@dnd-kit/sortable";
import { useReducedMotion } from "@mantine/hooks";
import type { CSSProperties, ReactNode } from "react";

export type DragHandle = Pick<DraggableAttributes, never> & Record<string, unknown>;

interface SortableRowProps {
  readonly id: string;
  readonly children: (drag: DragHandle, style: CSSProperties) => ReactNode;
}

/** A row that can be dragged by its handle. (Who does not drag moves a task with Alt and the arrows, or in its editor.) */
export function SortableRow({ id, children }: SortableRowProps) {
  const isStill = useReducedMotion();
  const { listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
    ...(isStill && { transition: null }),
  });
  const style: CSSProperties = {
    ...(transform && { translate: `0 ${transform.y}px` }),
    ...(transition && { transition: transition.replace("transform", "translate") }),
    ...(isDragging && { position: "relative", zIndex: 1, boxShadow: "var(--mantine-shadow-md)" }),
  };
  return (
    <div ref={setNodeRef} style={style}>
      {children({ ref: setActivatorNodeRef, ...listeners }, style)}
    </div>
  );
}
