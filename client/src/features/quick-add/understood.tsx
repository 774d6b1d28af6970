import { Badge, Group, Text } from "@mantine/core";
import { IconCalendar, IconFlag, IconHash, IconList } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatDay } from "../../shared/dates.ts";
import type { QuickAdd } from "./quick-add.ts";

interface UnderstoodProps {
  readonly of: QuickAdd;
  readonly lists: readonly { readonly id: string; readonly name: string }[];
}

/** What a line says, before it is sent: the title that is left, and what it says beside. Nothing when it says no more. */
export function Understood({ of: { title, dueDate, priority, tags, listId }, lists }: UnderstoodProps) {
  const { t, i18n } = useTranslation();
  const list = lists.find(({ id }) => id === listId);
  if (!dueDate && !priority && tags.length === 0 && !list) return null;
  return (
    <Group gap={6} mt={8} role="status" aria-label={t(($) => $.tasks.understood)}>
      <Text size="sm" truncate maw="100%">
        {title}
      </Text>
      {dueDate && <Part icon={<IconCalendar size={12} />}>{formatDay(dueDate, i18n.language, "short")}</Part>}
      {priority && <Part icon={<IconFlag size={12} />}>{t(($) => $.tasks.priority[priority])}</Part>}
      {tags.map((tag) => (
        <Part key={tag} icon={<IconHash size={12} />}>
          {tag}
        </Part>
      ))}
      {list && <Part icon={<IconList size={12} />}>{list.name}</Part>}
    </Group>
  );
}

const Part = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <Badge variant="light" tt="none" leftSection={icon}>
    {children}
  </Badge>
);
