import { ActionIcon, Badge, Checkbox, Text, UnstyledButton } from "@mantine/core";
import { IconArrowBackUp, IconGripVertical, IconNotes, IconTrash, IconTrashX } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { graphql } from "../../generated/gql.ts";
import type { TaskRowFragment } from "../../generated/graphql.ts";
import { formatDay } from "../../shared/dates.ts";
import { useListName } from "../lists/use-list-name.ts";
import { useOverview } from "../views/overview.ts";
import type { DragHandle } from "./sortable-row.tsx";
import classes from "./task-row.module.css";
import type { TaskActions } from "./use-task-actions.ts";

export const taskRow = graphql(`
  fragment TaskRow on Task {
    id
    title
    notes
    completed
    priority
    dueDate
    tags
    deletedAt
    list { id name }
  }
`);

export interface TaskRowProps {
  readonly task: TaskRowFragment;
  readonly today: string;
  readonly actions: TaskActions;
  readonly isSelected: boolean;
  /** Whether tasks are being chosen just now: the row's box chooses, then. */
  readonly isChoosing: boolean;
  readonly showsList: boolean;
  readonly drag: DragHandle | undefined;
  readonly onSelect: (id: string, isRange: boolean) => void;
  readonly onEdit: (id: string) => void;
}

/** One task: its box to tick, what it says of itself, and Eliminar. Its title opens it. */
export const TaskRow = memo(function TaskRow(props: TaskRowProps) {
  const { task, actions, isSelected, isChoosing, drag, onSelect, onEdit } = props;
  const { t } = useTranslation();
  const { id, title, completed, deletedAt } = task;
  const isTrashed = deletedAt !== null;

  return (
    <div className={classes.row} data-completed={completed || undefined} data-selected={isSelected || undefined}>
      {drag && (
        <span className={classes.handle} {...drag} title={t(($) => $.tasks.drag)}>
          <IconGripVertical size={16} aria-hidden />
        </span>
      )}
      {isChoosing ? (
        <Checkbox
          classNames={{ input: classes.tick as string }}
          checked={isSelected}
          onChange={(event) => onSelect(id, (event.nativeEvent as MouseEvent).shiftKey)}
          aria-label={t(($) => $.tasks.choose, { title })}
        />
      ) : (
        !isTrashed && (
          <Checkbox
            classNames={{ input: classes.tick as string }}
            data-priority={task.priority}
            checked={completed}
            onChange={() => actions.complete([id], !completed)}
            radius="xl"
            aria-label={t(($) => (completed ? $.tasks.reopen : $.tasks.complete), { title })}
          />
        )
      )}
      <UnstyledButton
        className={classes.what}
        onClick={(event) =>
          isChoosing || event.ctrlKey || event.metaKey || event.shiftKey ? onSelect(id, event.shiftKey) : onEdit(id)
        }
        aria-label={t(($) => $.tasks.editOne, { title })}
        disabled={isTrashed && !isChoosing}
      >
        <Text className={classes.title as string} dir="auto">
          {title}
        </Text>
        <Details {...props} />
      </UnstyledButton>
      {isTrashed && !isChoosing && (
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={() => actions.restore([id])}
          aria-label={t(($) => $.tasks.restoreOne, { title })}
          title={t(($) => $.tasks.restore)}
        >
          <IconArrowBackUp size={18} />
        </ActionIcon>
      )}
      {!isChoosing && (
        <ActionIcon
          className={classes.remove as string}
          variant="subtle"
          color="gray"
          onClick={() => (isTrashed ? actions.purge(id) : actions.trash([id]))}
          aria-label={isTrashed ? t(($) => $.tasks.purgeOne, { title }) : t(($) => $.tasks.deleteOne, { title })}
          title={isTrashed ? t(($) => $.tasks.purge) : t(($) => $.tasks.delete)}
        >
          {isTrashed ? <IconTrashX size={18} /> : <IconTrash size={18} />}
        </ActionIcon>
      )}
    </div>
  );
});

/** What a task says beside its title. */
function Details({ task, today, showsList }: TaskRowProps) {
  const { t, i18n } = useTranslation();
  const { completed, priority, dueDate, tags, notes, list } = task;
  const isLate = dueDate !== null && dueDate < today && !completed;
  return (
    <span className={classes.more}>
      {dueDate && (
        <Text span size="xs" className={classes.due as string} data-late={isLate || undefined}>
          {dueDate === today
            ? t(($) => $.views.today)
            : t(($) => $.tasks.due, { date: formatDay(dueDate, i18n.language) })}
        </Text>
      )}
      {priority !== "NONE" && (
        <Badge
          size="xs"
          variant="light"
          className={classes.priority as string}
          color={priority === "URGENT" || priority === "HIGH" ? "terracotta" : "gray"}
        >
          {t(($) => $.tasks.priority[priority])}
        </Badge>
      )}
      {tags.map((tag) => (
        <Text span key={tag} size="xs" c="var(--quiet)">
          #{tag}
        </Text>
      ))}
      {notes && <IconNotes size={14} className={classes.notes} aria-label={t(($) => $.tasks.hasNotes)} />}
      {showsList && <ListName of={list} />}
    </span>
  );
}

function ListName({ of: { id, name } }: { of: TaskRowFragment["list"] }) {
  const { lists } = useOverview();
  const nameOf = useListName();
  const list = lists.find((one) => one.id === id);
  return (
    <Text span size="xs" c="var(--quiet)">
      {list ? nameOf(list) : name}
    </Text>
  );
}
