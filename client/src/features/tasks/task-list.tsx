import { useQuery } from "@apollo/client/react";
import { Button, Collapse, Skeleton, Stack, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Degraded } from "../../shared/ui/degraded.tsx";
import classes from "./task-list.module.css";
import { tasksOf, tasksQuery } from "./task-queries.ts";
import { TaskRow } from "./task-row.tsx";

/** The open tasks of a list, or of all, and the completed ones folded away below. */
export function TaskList({ listId }: { listId: string | null }) {
  const { t } = useTranslation();
  const [showsCompleted, { toggle }] = useDisclosure();
  return (
    <>
      <Tasks listId={listId} completed={false} />
      <UnstyledButton className={classes.fold} onClick={toggle} aria-expanded={showsCompleted}>
        <IconChevronRight size={16} className={classes.chevron} data-open={showsCompleted || undefined} />
        {t(($) => $.tasks.completed)}
      </UnstyledButton>
      <Collapse expanded={showsCompleted}>{showsCompleted && <Tasks listId={listId} completed />}</Collapse>
    </>
  );
}

function Tasks({ listId, completed }: { listId: string | null; completed: boolean }) {
  const { t } = useTranslation();
  const variables = tasksOf(listId, completed);
  const { data, error, loading, fetchMore, refetch } = useQuery(tasksQuery, {
    variables,
    fetchPolicy: "cache-and-network",
  });
  const page = data?.tasks;
  if (!page && loading) return <Placeholder />;
  if (!page) return <Degraded error={error} onRetry={() => void refetch()} />;
  const { edges, pageInfo } = page;
  if (edges.length === 0) return completed ? null : <Empty />;
  return (
    <>
      <ul className={classes.list} aria-label={t(($) => (completed ? $.tasks.completed : $.tasks.title))}>
        {edges.map(({ node }) => (
          <TaskRow key={node.id} task={node} />
        ))}
      </ul>
      {pageInfo.hasNextPage && (
        <Button variant="subtle" fullWidth onClick={() => void fetchMore({ variables: { after: pageInfo.endCursor } })}>
          {t(($) => $.tasks.more)}
        </Button>
      )}
    </>
  );
}

function Empty() {
  const { t } = useTranslation();
  return (
    <Stack align="center" py="xl" gap={4}>
      <Text fw={600}>{t(($) => $.tasks.empty)}</Text>
      <Text c="var(--quiet)">{t(($) => $.tasks.emptyHint)}</Text>
    </Stack>
  );
}

const Placeholder = () => (
  <Stack gap={1} aria-hidden>
    {[70, 52, 61].map((width) => (
      <div key={width} className={classes.placeholder}>
        <Skeleton circle height={20} />
        <Skeleton height={14} width={`${width}%`} />
      </div>
    ))}
  </Stack>
);
