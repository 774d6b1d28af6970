import { Button, CloseButton, Group, Menu, Popover, Text, TextInput } from "@mantine/core";
import { IconArrowBackUp, IconCheck, IconFolder, IconHash, IconTrash } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { focusMain, isFocusLost } from "../../shared/ui/focus-main.ts";
import { useListName } from "../lists/use-list-name.ts";
import type { Overview } from "../views/overview.ts";
import classes from "./bulk-bar.module.css";
import type { Selection } from "./use-selection.ts";
import type { TaskActions } from "./use-task-actions.ts";

interface BulkBarProps {
  readonly selection: Selection;
  readonly actions: TaskActions;
  readonly lists: Overview["lists"];
  readonly isTrash: boolean;
  readonly isCompleted: boolean;
  readonly onAll: () => void;
}

/** What can be done with the tasks that are chosen. */
export function BulkBar({ selection, actions, lists, isTrash, isCompleted, onAll }: BulkBarProps) {
  const { t } = useTranslation();
  const nameOf = useListName();
  useEffect(
    () => () => {
      if (isFocusLost()) focusMain();
    },
    [],
  );
  const ids = [...selection.ids];
  const isEmpty = ids.length === 0;
  const act = (action: () => void) => () => {
    action();
    selection.clear();
  };
  return (
    <Group className={classes.bar as string} role="toolbar" aria-label={t(($) => $.bulk.title)} gap="xs">
      <Text fw={600} aria-live="polite">
        {t(($) => $.bulk.chosen, { count: ids.length })}
      </Text>
      <Button size="compact-sm" variant="subtle" onClick={onAll}>
        {t(($) => $.bulk.all)}
      </Button>
      <Group gap="xs" className={classes.actions as string}>
        {isTrash ? (
          <Button
            size="compact-sm"
            variant="light"
            disabled={isEmpty}
            leftSection={<IconArrowBackUp size={16} />}
            onClick={act(() => actions.restore(ids))}
          >
            {t(($) => $.tasks.restore)}
          </Button>
        ) : (
          <>
            <Button
              size="compact-sm"
              variant="light"
              disabled={isEmpty}
              leftSection={<IconCheck size={16} />}
              onClick={act(() => actions.complete(ids, !isCompleted))}
            >
              {t(($) => (isCompleted ? $.bulk.reopen : $.bulk.complete))}
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button size="compact-sm" variant="light" disabled={isEmpty} leftSection={<IconFolder size={16} />}>
                  {t(($) => $.bulk.move)}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {lists.map((list) => (
                  <Menu.Item key={list.id} onClick={act(() => actions.moveTo(ids, list.id))}>
                    {nameOf(list)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            <TagMenu isDisabled={isEmpty} onTag={(tag) => act(() => actions.tag(ids, tag))()} />
            <Button
              size="compact-sm"
              variant="light"
              color="terracotta"
              disabled={isEmpty}
              leftSection={<IconTrash size={16} />}
              onClick={act(() => actions.trash(ids))}
            >
              {t(($) => $.tasks.delete)}
            </Button>
          </>
        )}
      </Group>
      <CloseButton className={classes.end as string} onClick={selection.clear} aria-label={t(($) => $.bulk.end)} />
    </Group>
  );
}

function TagMenu({ isDisabled, onTag }: { isDisabled: boolean; onTag: (tag: string) => void }) {
  const { t } = useTranslation();
  const [tag, setTag] = useState("");
  const isTag = tag.trim() !== "";
  return (
    <Popover position="bottom-end" trapFocus returnFocus withinPortal={false}>
      <Popover.Target>
        <Button size="compact-sm" variant="light" disabled={isDisabled} leftSection={<IconHash size={16} />}>
          {t(($) => $.bulk.tag)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isTag) onTag(tag.trim().replace(/^#/, ""));
          }}
        >
          <Group gap="xs">
            <TextInput
              aria-label={t(($) => $.bulk.tagName)}
              placeholder={t(($) => $.bulk.tagName)}
              value={tag}
              onChange={(event) => setTag(event.currentTarget.value)}
              maxLength={50}
              size="xs"
              data-autofocus
            />
            <Button type="submit" size="xs" disabled={!isTag}>
              {t(($) => $.tasks.add)}
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
