import { useQuery } from "@apollo/client/react";
import { AppShell, Burger, Group, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql } from "../../generated/gql.ts";
import { Degraded } from "../../shared/ui/degraded.tsx";
import { ListsNav } from "../lists/lists-nav.tsx";
import { AccountMenu } from "../session/account-menu.tsx";
import type { Session, SignedInUser } from "../session/session.ts";
import { NewTask } from "./new-task.tsx";
import { TaskList } from "./task-list.tsx";
import classes from "./tasks-page.module.css";

const lists = graphql(`
  query Lists {
    taskLists { id name isDefault ...ListLink }
  }
`);

/** Lista de tareas: the lists on the left, the tasks of the chosen one, and a line for a new one. */
export function TasksPage({ user, session }: { user: SignedInUser; session: Session }) {
  const { t } = useTranslation();
  const [isOpen, { toggle, close }] = useDisclosure();
  const [listId, setListId] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(lists);
  const chosen = data?.taskLists?.find(({ id }) => id === listId);

  const choose = (id: string | null) => {
    setListId(id);
    close();
  };

  return (
    <AppShell
      layout="alt"
      header={{ height: 60 }}
      navbar={{ width: 264, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
      padding={{ base: "md", sm: "xl" }}
      classNames={{ header: classes.header as string, navbar: classes.navbar as string }}
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t(($) => $.lists.open)} />
          <span />
          <AccountMenu user={user} session={session} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="md">
        <Group mb="lg" justify="space-between">
          <Group gap="xs">
            <img src="/icon.svg" alt="" width={28} height={28} />
            <Text className={classes.brand}>{t(($) => $.app.name)}</Text>
          </Group>
          <Burger opened onClick={close} hiddenFrom="sm" size="sm" aria-label={t(($) => $.lists.open)} />
        </Group>
        <ListsNav lists={data?.taskLists ?? []} chosenId={listId} onChoose={choose} />
      </AppShell.Navbar>
      <AppShell.Main>
        <div className={classes.column}>
          <Title order={1} mb="lg">
            {chosen?.name ?? t(($) => $.tasks.title)}
          </Title>
          <Degraded error={error} onRetry={() => void refetch()} />
          <NewTask listId={listId} lists={data?.taskLists ?? []} />
          <TaskList listId={listId} />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}
