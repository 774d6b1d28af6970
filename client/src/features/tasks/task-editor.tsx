import { useFragment } from "@apollo/client/react";
import { Button, Group, NativeSelect, SegmentedControl, Stack, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useDebouncedCallback, useMediaQuery } from "@mantine/hooks";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TaskPriority } from "../../generated/graphql.ts";
import { useListName } from "../lists/use-list-name.ts";
import { taskRecord } from "../sync/task-record.ts";
import { useOverview } from "../views/overview.ts";
import { DueDateInput } from "./due-date-input.tsx";
import { Markdown } from "./markdown.tsx";
import classes from "./task-editor.module.css";
import { useTaskActions } from "./use-task-actions.ts";

const saveAfterMs = 700;
const priorities = ["NONE", "LOW", "MEDIUM", "HIGH", "URGENT"] as const satisfies readonly TaskPriority[];

interface TaskEditorProps {
  readonly id: string;
  readonly canSort: boolean;
  readonly neighbours: { readonly above: string | undefined; readonly below: string | undefined };
  readonly onClose: () => void;
}

/** A task open for editing, where its row was. What is changed is saved as it is changed; Esc closes. */
export function TaskEditor({ id, canSort, neighbours, onClose }: TaskEditorProps) {
  const { t } = useTranslation();
  const actions = useTaskActions();
  const { lists } = useOverview();
  const nameOf = useListName();
  const { data: task, complete } = useFragment({ fragment: taskRecord, from: { __typename: "Task", id } });
  const title = useDraft(complete ? task.title : "", (text) => text.trim() !== "" && actions.edit(id, { title: text }));
  const notes = useDraft(complete ? (task.notes ?? "") : "", (text) => actions.edit(id, { notes: text || null }));
  const [isWriting, setIsWriting] = useState(false);
  const isNarrow = useMediaQuery("(max-width: 30em)", undefined, { getInitialValueInEffect: false });
  if (!complete) return null;

  const close = () => {
    title.save();
    notes.save();
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isDone = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey));
    if (!isDone || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only the keys that leave it
    <div className={classes.editor} onKeyDown={onKeyDown}>
      <TextInput
        aria-label={t(($) => $.editor.title)}
        value={title.value}
        onChange={(event) => title.change(event.currentTarget.value)}
        onBlur={title.save}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          close();
        }}
        maxLength={500}
        size="md"
        autoFocus
        error={title.value.trim() === "" && t(($) => $.editor.needsTitle)}
      />
      {task.notes && !isWriting ? (
        <Stack gap={4} align="flex-start">
          <Markdown text={notes.value} />
          <Button size="compact-sm" variant="subtle" onClick={() => setIsWriting(true)}>
            {t(($) => $.editor.editNotes)}
          </Button>
        </Stack>
      ) : (
        <Textarea
          label={t(($) => $.editor.notes)}
          description={t(($) => $.editor.markdown)}
          value={notes.value}
          onChange={(event) => notes.change(event.currentTarget.value)}
          onFocus={() => setIsWriting(true)}
          onBlur={notes.save}
          maxLength={20_000}
          autosize
          minRows={2}
          maxRows={16}
          autoFocus={isWriting}
        />
      )}
      <div className={classes.fields}>
        <DueDateInput value={task.dueDate} onChange={(dueDate) => actions.edit(id, { dueDate })} />
        <NativeSelect
          label={t(($) => $.editor.list)}
          value={task.list.id}
          onChange={(event) => actions.moveTo([id], event.currentTarget.value)}
          data={lists.map((list) => ({ value: list.id, label: nameOf(list) }))}
        />
        <TagsInput
          label={t(($) => $.editor.tags)}
          value={task.tags}
          onChange={(tags) =>
            actions.edit(id, { tags: tags.map((tag) => tag.replace(/^#/, "").trim()).filter(Boolean) })
          }
          maxTags={20}
          clearable={false}
        />
      </div>
      <div>
        <div id={`priority-${id}`} className={classes.label}>
          {t(($) => $.editor.priority)}
        </div>
        <SegmentedControl
          aria-labelledby={`priority-${id}`}
          size={isNarrow ? "sm" : "xs"}
          fullWidth
          orientation={isNarrow ? "vertical" : "horizontal"}
          value={task.priority}
          onChange={(priority) => actions.edit(id, { priority: priority as TaskPriority })}
          data={priorities.map((value) => ({ value, label: t(($) => $.tasks.priority[value]) }))}
        />
      </div>
      <Group justify="space-between">
        <Group gap="xs">
          {canSort && (
            <Button.Group>
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconArrowUp size={14} />}
                disabled={!neighbours.above}
                onClick={() => neighbours.above && actions.place(id, { afterId: neighbours.above })}
              >
                {t(($) => $.editor.up)}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconArrowDown size={14} />}
                disabled={!neighbours.below}
                onClick={() => neighbours.below && actions.place(id, { beforeId: neighbours.below })}
              >
                {t(($) => $.editor.down)}
              </Button>
            </Button.Group>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            color="terracotta"
            leftSection={<IconTrash size={14} />}
            onClick={() => {
              close();
              actions.trash([id]);
            }}
          >
            {t(($) => $.tasks.delete)}
          </Button>
        </Group>
        <Button size="compact-md" onClick={close}>
          {t(($) => $.editor.done)}
        </Button>
      </Group>
    </div>
  );
}

/** A text that is being written: saved a moment after the last key, and when it is left. */
function useDraft(saved: string, save: (text: string) => unknown) {
  const [draft, setDraft] = useState<string>();
  const unsaved = useRef<string>(undefined);
  const saveNow = () => {
    const text = unsaved.current;
    unsaved.current = undefined;
    if (text !== undefined && text !== saved) save(text);
  };
  const saveLater = useDebouncedCallback(saveNow, { delay: saveAfterMs, flushOnUnmount: true });
  return {
    value: draft ?? saved,
    change: (text: string) => {
      unsaved.current = text;
      setDraft(text);
      saveLater();
    },
    save: () => {
      saveLater.flush();
      saveNow();
      setDraft((text) => (text?.trim() === "" ? text : undefined));
    },
  };
}
