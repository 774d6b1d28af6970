import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconDots, IconFolderX, IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useOverview } from "../views/overview.ts";
import { ListDialog } from "./list-dialog.tsx";
import { useListActions } from "./use-list-actions.ts";

/** What can be done with a list: name and colour, its place among the others, and away with it. */
export function ListMenu({ id }: { id: string }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { lists } = useOverview();
  const actions = useListActions();
  const [isEditing, setIsEditing] = useState(false);
  const index = lists.findIndex((list) => list.id === id);
  const list = lists[index];
  if (!list) return null;
  const remove = (tasks: "TRASH" | "MOVE") => {
    actions.remove(id, tasks);
    navigate("/");
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={t(($) => $.lists.menu)}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setIsEditing(true)}>
            {t(($) => $.lists.edit)}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowUp size={16} />}
            disabled={index === 0}
            onClick={() => actions.change(id, { afterId: lists[index - 2]?.id ?? null })}
          >
            {t(($) => $.lists.up)}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowDown size={16} />}
            disabled={index === lists.length - 1}
            onClick={() => actions.change(id, { afterId: lists[index + 1]?.id ?? null })}
          >
            {t(($) => $.lists.down)}
          </Menu.Item>
          {!list.isDefault && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconFolderX size={16} />} onClick={() => remove("MOVE")}>
                {t(($) => $.lists.deleteKeeping)}
              </Menu.Item>
              <Menu.Item c="var(--late)" leftSection={<IconTrash size={16} />} onClick={() => remove("TRASH")}>
                {t(($) => $.lists.deleteAll)}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {isEditing && <ListDialog list={list} actions={actions} onClose={() => setIsEditing(false)} />}
    </>
  );
}
