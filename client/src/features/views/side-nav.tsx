import { ActionIcon, Badge, Group, NavLink, ScrollArea, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCalendarDue,
  IconCalendarTime,
  IconCircleCheck,
  IconInbox,
  IconPlus,
  IconTrash,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { graphql } from "../../generated/gql.ts";
import { useListName } from "../lists/use-list-name.ts";
import { useOverview } from "./overview.ts";
import classes from "./side-nav.module.css";
import { pathOf, pathOfList, type ViewName, viewNames } from "./views.ts";

graphql(`
  fragment ListLink on TaskList {
    id
    name
    color
    isDefault
    counts { open completed trashed }
  }
`);

const icons: Record<ViewName, typeof IconInbox> = {
  all: IconInbox,
  today: IconCalendarDue,
  upcoming: IconCalendarTime,
  overdue: IconAlertTriangle,
  completed: IconCircleCheck,
  trash: IconTrash,
};

interface SideNavProps {
  readonly onNewList: () => void;
  readonly onFollow: () => void;
}

/** The views and the lists, each with how much it holds. */
export function SideNav({ onNewList, onFollow }: SideNavProps) {
  const { t } = useTranslation();
  const [path] = useLocation();
  const { lists, counts } = useOverview();
  const nameOf = useListName();
  return (
    <ScrollArea component="nav" aria-label={t(($) => $.lists.title)} className={classes.nav as string}>
      {viewNames.map((name) => {
        const Icon = icons[name];
        const isQuiet = name === "completed" || name === "trash";
        return (
          <NavLink
            key={name}
            component={Link}
            href={pathOf(name)}
            label={t(($) => $.views[name])}
            leftSection={<Icon size={18} aria-hidden />}
            rightSection={<Count value={isQuiet ? 0 : (counts[name] ?? 0)} isLate={name === "overdue"} />}
            active={path === pathOf(name)}
            aria-current={path === pathOf(name) ? "page" : undefined}
            onClick={onFollow}
          />
        );
      })}
      <Group justify="space-between" mt="lg" mb={4} px="sm">
        <Text component="h2" size="sm" fw={600} c="var(--quiet)">
          {t(($) => $.lists.title)}
        </Text>
        <ActionIcon variant="subtle" size="sm" onClick={onNewList} aria-label={t(($) => $.lists.new)}>
          <IconPlus size={16} />
        </ActionIcon>
      </Group>
      {lists.map((list) => (
        <NavLink
          key={list.id}
          component={Link}
          href={pathOfList(list.id)}
          label={nameOf(list)}
          leftSection={<span className={classes.dot} style={{ background: list.color ?? "var(--quiet)" }} />}
          rightSection={<Count value={list.counts.open} isLate={false} />}
          active={path === pathOfList(list.id)}
          aria-current={path === pathOfList(list.id) ? "page" : undefined}
          onClick={onFollow}
        />
      ))}
    </ScrollArea>
  );
}

function Count({ value, isLate }: { value: number; isLate: boolean }) {
  const { i18n } = useTranslation();
  if (value <= 0) return null;
  return (
    <Badge variant="light" size="sm" radius="sm" color={isLate ? "terracotta" : "pine"}>
      {new Intl.NumberFormat(i18n.language).format(value)}
    </Badge>
  );
}
