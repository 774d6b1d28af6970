import { Badge, NavLink, ScrollArea } from "@mantine/core";
import { IconInbox, IconList } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { graphql } from "../../generated/gql.ts";
import type { ListLinkFragment } from "../../generated/graphql.ts";

graphql(`
  fragment ListLink on TaskList {
    id
    name
    color
    isDefault
    counts { open }
  }
`);

interface ListsNavProps {
  readonly lists: readonly ListLinkFragment[];
  /** Null: all lists. */
  readonly chosenId: string | null;
  readonly onChoose: (id: string | null) => void;
}

/** The lists with their open tasks, to choose from. */
export function ListsNav({ lists, chosenId, onChoose }: ListsNavProps) {
  const { t } = useTranslation();
  const total = lists.reduce((sum, { counts }) => sum + counts.open, 0);
  return (
    <ScrollArea component="nav" aria-label={t(($) => $.lists.title)}>
      <NavLink
        component="button"
        label={t(($) => $.lists.all)}
        leftSection={<IconInbox size={18} />}
        rightSection={<Count value={total} />}
        active={chosenId === null}
        aria-current={chosenId === null ? "page" : undefined}
        onClick={() => onChoose(null)}
      />
      {lists.map(({ id, name, color, counts }) => (
        <NavLink
          key={id}
          component="button"
          label={name}
          leftSection={<IconList size={18} color={color ?? "currentColor"} />}
          rightSection={<Count value={counts.open} />}
          active={chosenId === id}
          aria-current={chosenId === id ? "page" : undefined}
          onClick={() => onChoose(id)}
        />
      ))}
    </ScrollArea>
  );
}

const Count = ({ value }: { value: number }) =>
  value > 0 ? (
    <Badge variant="light" size="sm" radius="sm">
      {value}
    </Badge>
  ) : null;
