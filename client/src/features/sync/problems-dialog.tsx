import { Button, Group, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDay } from "../../shared/dates.ts";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { useListName } from "../lists/use-list-name.ts";
import { useOverview } from "../views/overview.ts";
import type { QueuedWrite } from "./queue-store.ts";
import { useWorkspace } from "./use-workspace.ts";
import { type EditedField, newId, type TaskEdit, valuesOf, type Write, type WriteOf } from "./write.ts";

interface ProblemsDialogProps {
  readonly entry: QueuedWrite;
  readonly onClose: () => void;
}

/** A change that could not be saved as it is, and what can be done about it. Closing it decides nothing. */
export function ProblemsDialog({ entry, onClose }: ProblemsDialogProps) {
  const { t } = useTranslation();
  const { problem, write } = entry;
  const isConflict = problem?.type === "conflict" && write.kind === "updateTask";
  return (
    <Dialog onClose={onClose} size="lg" title={isConflict ? t(($) => $.conflict.title) : t(($) => $.problem.title)}>
      {isConflict ? (
        <Conflict entry={entry} write={write} current={problem} onClose={onClose} />
      ) : (
        <OtherProblem entry={entry} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface ConflictProps {
  readonly entry: QueuedWrite;
  readonly write: WriteOf<"updateTask">;
  readonly current: Extract<QueuedWrite["problem"], { type: "conflict" }>;
  readonly onClose: () => void;
}

/** Both versions of a task, field by field. */
function Conflict({ entry, write, current: { fields, current }, onClose }: ConflictProps) {
  const { t } = useTranslation();
  const { queue } = useWorkspace();
  const [theirs, setTheirs] = useState<ReadonlySet<EditedField>>(new Set());
  const stored = valuesOf(current, fields);
  const choose = (field: EditedField, whose: string) => {
    const next = new Set(theirs);
    if (whose === "theirs") next.add(field);
    else next.delete(field);
    setTheirs(next);
  };
  const decide = () => {
    void queue.decide(
      entry.id,
      fields.filter((field) => !theirs.has(field)),
    );
    onClose();
  };
  return (
    <Stack>
      <Text>{t(($) => $.conflict.explained, { title: current.title })}</Text>
      {fields.map((field) => (
        <Radio.Group
          key={field}
          label={t(($) => $.conflict.fields[field])}
          value={theirs.has(field) ? "theirs" : "mine"}
          onChange={(whose) => choose(field, whose)}
        >
          <Stack gap="xs" mt={4}>
            <Version whose="mine" field={field} values={write.input} />
            <Version whose="theirs" field={field} values={stored} />
          </Stack>
        </Radio.Group>
      ))}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t(($) => $.conflict.later)}
        </Button>
        <Button onClick={decide}>{t(($) => $.conflict.decide)}</Button>
      </Group>
    </Stack>
  );
}

interface VersionProps {
  readonly whose: "mine" | "theirs";
  readonly field: EditedField;
  readonly values: TaskEdit;
}

function Version({ whose, field, values }: VersionProps) {
  const { t } = useTranslation();
  const text = useFieldText(field, values);
  return (
    <Radio.Card value={whose} p="sm" radius="md" aria-label={`${t(($) => $.conflict[whose])}: ${text}`}>
      <Group wrap="nowrap" align="flex-start">
        <Radio.Indicator />
        <div style={{ minWidth: 0 }}>
          <Text size="xs" c="var(--quiet)">
            {t(($) => $.conflict[whose])}
          </Text>
          <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{text}</Text>
        </div>
      </Group>
    </Radio.Card>
  );
}

/** What a field of an edit says, in words. */
function useFieldText(field: EditedField, values: TaskEdit): string {
  const { t, i18n } = useTranslation();
  const { lists } = useOverview();
  const nameOf = useListName();
  const nothing = t(($) => $.conflict.nothing);
  switch (field) {
    case "completed":
      return values.completed ? t(($) => $.conflict.completed) : t(($) => $.conflict.open);
    case "priority":
      return t(($) => $.tasks.priority[values.priority ?? "NONE"]);
    case "dueDate":
      return values.dueDate ? formatDay(values.dueDate, i18n.language, "short") : nothing;
    case "tags":
      return values.tags?.map((tag) => `#${tag}`).join(" ") || nothing;
    case "listId": {
      const list = lists.find(({ id }) => id === values.listId);
      return list ? nameOf(list) : nothing;
    }
    default:
      return values[field] || nothing;
  }
}

/** A change of something that is no more, or that the server does not take. */
function OtherProblem({ entry, onClose }: ProblemsDialogProps) {
  const { t } = useTranslation();
  const { queue, ownerId } = useWorkspace();
  const { write, problem } = entry;
  const isGone = problem?.type === "gone" && write.kind === "updateTask";
  const isFailing = problem?.type === "refused" && problem.code === "INTERNAL_SERVER_ERROR";
  const what = isGone
    ? t(($) => $.problem.gone)
    : isFailing
      ? t(($) => $.problem.failing)
      : t(($) => $.problem.refused);
  const settle = (instead?: Parameters<typeof queue.replace>[1]) => {
    void queue.replace(entry.id, instead);
    onClose();
  };
  const again = () => {
    if (!isGone) return settle(write);
    const { id: _, completed: _completed, title, ...rest } = write.input;
    const input = { ...rest, title: title ?? write.base.values.title ?? t(($) => $.tasks.new), id: newId(ownerId) };
    settle({ kind: "createTask", input });
  };
  return (
    <Stack>
      <Text>{what}</Text>
      <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} c="var(--quiet)">
        {wordsOf(write).join("\n")}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => settle()}>
          {t(($) => $.problem.discard)}
        </Button>
        <Button onClick={again}>{isGone ? t(($) => $.problem.createAgain) : t(($) => $.status.retry)}</Button>
      </Group>
    </Stack>
  );
}

/** What a person wrote in a change, to be taken along. */
function wordsOf(write: Write): string[] {
  const { title, name, notes } = { ...("input" in write && write.input) } as Record<string, unknown>;
  return [title, name, notes].filter((words) => typeof words === "string");
}
