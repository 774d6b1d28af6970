import { useFragment } from "@apollo/client/react";
import { memo } from "react";
import { RowPlaceholder } from "./placeholders.tsx";
import { TaskRow, type TaskRowProps, taskRow } from "./task-row.tsx";

interface ListedRowProps extends Omit<TaskRowProps, "task"> {
  readonly id: string;
}

/** The row of a task as it is by now: it follows its own task only. */
export const ListedRow = memo(function ListedRow({ id, ...row }: ListedRowProps) {
  const { data: task, complete } = useFragment({ fragment: taskRow, from: { __typename: "Task", id } });
  return complete ? <TaskRow task={task} {...row} /> : <RowPlaceholder width={60} />;
});
