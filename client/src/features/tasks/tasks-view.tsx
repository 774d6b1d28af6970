import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  PointerSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useDidUpdate } from "@mantine/hooks";
import { IconCircleDashedCheck, IconListCheck, IconTrashX } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Degraded } from "../../shared/ui/degraded.tsx";
import { focusMain, isFocusLost } from "../../shared/ui/focus-main.ts";
import { useOverview } from "../views/overview.ts";
import type { View } from "../views/views.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { NewTask } from "./new-task.tsx";
import { ListPlaceholder } from "./placeholders.tsx";
import { TaskRows } from "./task-rows.tsx";
import classes from "./tasks-view.module.css";
import { useKept } from "./use-kept.ts";
import { useSelection } from "./use-selection.ts";
import { useTaskActions } from "./use-task-actions.ts";
import { useTasks } from "./use-tasks.ts";

interface TasksViewProps {
  readonly view: View;
  readonly title: string;
  /** What can be done with the view itself, beside its title. */
  readonly menu?: ReactNode;
}

const none: readonly never[] = [];

/** Lista de tareas: the tasks of a view, a line for a new one, and what can be done with several. */
export function TasksView({ view, title, menu }: TasksViewProps) {
  const { t } = useTranslation();
  const { lists } = useOverview();
  const actions = useTaskActions();
  const [editingId, setEditingId] = useState<string | null>(null);
  const { tasks: found, error, isLoading, hasMore, loadMore, reload } = useTasks(view);
  const tasks = useKept(found, editingId);
  const ids = useMemo(() => tasks?.map(({ id }) => id) ?? none, [tasks]);
  const selection = useSelection(ids);
  const canSort = view.name === "list" && !selection.isChoosing;
  const isTrash = view.name === "trash";
  const hasTasks = ids.length > 0;
  useDidUpdate(() => {
    if (!hasTasks && isFocusLost()) focusMain();
  }, [hasTasks]);
  const takesNew = !isTrash && view.name !== "completed" && view.name !== "search" && view.name !== "overdue";

  return (
    <div className={classes.column}>
      <Group justify="space-between" mb="md" wrap="nowrap" align="flex-start">
        <Title order={1} className={classes.title as string}>
          {title}
        </Title>
        <Group gap={4} wrap="nowrap" className={classes.tools as string}>
          {isTrash && ids.length > 0 && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="terracotta"
              leftSection={<IconTrashX size={16} />}
              onClick={actions.emptyTrash}
            >
              {t(($) => $.tasks.emptyTrash)}
            </Button>
          )}
          {ids.length > 0 && !selection.isChoosing && (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconListCheck size={16} />}
              onClick={selection.begin}
            >
              {t(($) => $.bulk.begin)}
            </Button>
          )}
          {menu}
        </Group>
      </Group>
      {takesNew && <NewTask view={view} lists={lists} actions={actions} />}
      {selection.isChoosing && (
        <BulkBar
          selection={selection}
          actions={actions}
          lists={lists}
          isTrash={isTrash}
          isCompleted={view.name === "completed"}
          onAll={() => selection.choose(ids)}
        />
      )}
      {tasks === undefined ? (
        isLoading && !error ? (
          <ListPlaceholder />
        ) : (
          <Degraded error={error} onRetry={reload} />
        )
      ) : tasks.length === 0 && !hasMore ? (
        <Empty view={view} isLoading={isLoading} />
      ) : (
        <Sortable ids={ids} onPlace={actions.place}>
          <TaskRows
            label={title}
            tasks={tasks}
            editingId={editingId}
            actions={actions}
            selection={selection}
            showsList={view.listId === null && lists.length > 1}
            canSort={canSort}
            hasMore={hasMore}
            onEnd={loadMore}
            onEdit={setEditingId}
          />
        </Sortable>
      )}
    </div>
  );
}

interface SortableProps {
  readonly ids: readonly string[];
  readonly onPlace: ReturnType<typeof useTaskActions>["place"];
  readonly children: ReactNode;
}

/** Lets rows be dragged to another place: those that offer it. */
function Sortable({ ids, onPlace, children }: SortableProps) {
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 8 } }),
  );
  const drop = ({ active, over }: DragEndEvent) => {
    const [from, to] = [active.id, over?.id ?? active.id].map((id) => ids.indexOf(String(id))) as [number, number];
    if (from === to || to < 0) return;
    // The list shows its end on top: what goes up goes behind the one whose place it takes.
    const beside = String(over?.id);
    onPlace(String(active.id), to < from ? { afterId: beside } : { beforeId: beside });
  };
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
      {children}
    </DndContext>
  );
}

function Empty({ view, isLoading }: { view: View; isLoading: boolean }) {
  const { t } = useTranslation();
  if (isLoading && view.name === "search") return <ListPlaceholder />;
  return (
    <Stack align="center" py="xl" gap={4} className={classes.empty as string}>
      <IconCircleDashedCheck size={40} stroke={1.25} aria-hidden />
      <Text fw={600}>{t(($) => $.empty[view.name].title)}</Text>
      <Text c="var(--quiet)" ta="center">
        {t(($) => $.empty[view.name].hint)}
      </Text>
    </Stack>
  );
}
