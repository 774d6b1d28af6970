import { ActionIcon, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useSearch } from "wouter";
import { focusMain } from "../../shared/ui/focus-main.ts";
import { useToday } from "../../shared/use-today.ts";
import { useShortcuts } from "../keyboard/use-shortcuts.ts";
import { useListName } from "../lists/use-list-name.ts";
import { readQuickAdd } from "../quick-add/quick-add.ts";
import { Understood } from "../quick-add/understood.tsx";
import type { Overview } from "../views/overview.ts";
import type { View } from "../views/views.ts";
import classes from "./new-task.module.css";
import type { TaskActions } from "./use-task-actions.ts";

interface NewTaskProps {
  /** Where it goes, and when it is due, when the line says nothing else. */
  readonly view: View;
  readonly lists: Overview["lists"];
  readonly actions: TaskActions;
}

/** Nueva tarea: a line, what was understood of it, and Enter. */
export function NewTask({ view, lists, actions }: NewTaskProps) {
  const { t } = useTranslation();
  const today = useToday();
  const nameOf = useListName();
  const [line, setLine] = useState("");
  const [path, navigate] = useLocation();
  const isAskedFor = useSearch() === "new";
  const input = useRef<HTMLInputElement>(null);
  const named = lists.map((list) => ({ id: list.id, name: nameOf(list) }));
  const understood = readQuickAdd(line, { today, lists: named });
  useShortcuts({ n: () => input.current?.focus() });
  useEffect(() => {
    if (!isAskedFor) return;
    input.current?.focus();
    navigate(path, { replace: true });
  }, [isAskedFor, path, navigate]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { priority, tags, ...said } = understood;
    if (said.title === "") return;
    actions.create({
      ...said,
      tags: [...tags],
      listId: said.listId ?? view.listId,
      dueDate: said.dueDate ?? view.dueDate,
      ...(priority && { priority }),
    });
    setLine("");
  };

  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput
        ref={input}
        aria-label={t(($) => $.tasks.new)}
        placeholder={t(($) => $.tasks.hint)}
        value={line}
        onChange={(event) => setLine(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") focusMain();
        }}
        maxLength={500}
        size="md"
        autoComplete="off"
        rightSection={
          <ActionIcon type="submit" variant="subtle" aria-label={t(($) => $.tasks.add)}>
            <IconPlus size={20} />
          </ActionIcon>
        }
      />
      <Understood of={understood} lists={named} />
    </form>
  );
}
