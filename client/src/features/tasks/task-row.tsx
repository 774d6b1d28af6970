import { useMutation } from "@apollo/client/react";
import { ActionIcon, Badge, Checkbox, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { graphql } from "../../generated/gql.ts";
import type { TaskRowFragment } from "../../generated/graphql.ts";
import { formatDay, isPast } from "../../shared/dates.ts";
import { codeOf } from "../../shared/graphql/code-of.ts";
import { withIdempotencyKey } from "../../shared/graphql/idempotency.ts";
import { errorText } from "../../shared/ui/error-text.ts";
import { useUndo } from "../../shared/ui/undo.tsx";
import classes from "./task-row.module.css";

graphql(`
  fragment TaskRow on Task {
    id
    title
    completed
    priority
    dueDate
    tags
    version
    list { id name }
  }
`);

const completeTask = graphql(`
  mutation CompleteTask($input: UpdateTaskInput!) {
    updateTask(input: $input) { task { id ...TaskRow completedAt } }
  }
`);
const deleteTask = graphql(`
  mutation DeleteTask($input: DeleteTaskInput!) {
    deleteTask(input: $input) { task { id deletedAt version } }
  }
`);
const restoreTask = graphql(`
  mutation RestoreTask($input: RestoreTaskInput!) {
    restoreTask(input: $input) { task { id ...TaskRow deletedAt } }
  }
`);

const refetchQueries = ["Tasks", "Lists"];

/** One task: its box to tick, what it says of itself, and Eliminar. */
export function TaskRow({ task }: { task: TaskRowFragment }) {
  const { t, i18n } = useTranslation();
  const offerUndo = useUndo();
  const [complete] = useMutation(completeTask, { refetchQueries });
  const [remove] = useMutation(deleteTask, {
    refetchQueries,
    update: (cache) => {
      cache.evict({ id: cache.identify(task) as string });
    },
  });
  const [restore] = useMutation(restoreTask, { refetchQueries });
  const { id, title, completed, priority, dueDate, tags } = task;

  const orSayWhy = (work: Promise<unknown>) =>
    work.catch((error: unknown) => offerUndo(errorText(t, { code: codeOf(error) })));
  const toggle = () =>
    complete({
      variables: { input: { id, completed: !completed } },
      context: withIdempotencyKey(),
      optimisticResponse: {
        updateTask: {
          __typename: "TaskPayload",
          task: {
            ...task,
            __typename: "Task",
            completed: !completed,
            completedAt: completed ? null : new Date().toISOString(),
          },
        },
      } as never,
    });
  const trash = async () => {
    await remove({ variables: { input: { id } }, context: withIdempotencyKey() });
    offerUndo(
      t(($) => $.tasks.deleted),
      () => restore({ variables: { input: { id } }, context: withIdempotencyKey() }),
    );
  };

  return (
    <li className={classes.row} data-completed={completed || undefined}>
      <Checkbox
        checked={completed}
        onChange={() => void orSayWhy(toggle())}
        radius="xl"
        aria-label={t(($) => (completed ? $.tasks.reopen : $.tasks.complete), { title })}
      />
      <div className={classes.what}>
        <Text className={classes.title as string}>{title}</Text>
        <div className={classes.more}>
          {dueDate && (
            <Text size="xs" c={isPast(dueDate) && !completed ? "terracotta" : "var(--quiet)"}>
              {t(($) => $.tasks.due, { date: formatDay(dueDate, i18n.language) })}
            </Text>
          )}
          {priority !== "NONE" && (
            <Badge
              size="xs"
              variant="light"
              color={priority === "URGENT" || priority === "HIGH" ? "terracotta" : "gray"}
            >
              {t(($) => $.tasks.priority[priority])}
            </Badge>
          )}
          {tags.map((tag) => (
            <Text key={tag} size="xs" c="var(--quiet)">
              #{tag}
            </Text>
          ))}
        </div>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        onClick={() => void orSayWhy(trash())}
        aria-label={t(($) => $.tasks.deleteOne, { title })}
        title={t(($) => $.tasks.delete)}
      >
        <IconTrash size={18} />
      </ActionIcon>
    </li>
  );
}
