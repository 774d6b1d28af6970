import { useMutation } from "@apollo/client/react";
import { ActionIcon, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql } from "../../generated/gql.ts";
import { today } from "../../shared/dates.ts";
import { codeOf } from "../../shared/graphql/code-of.ts";
import { withIdempotencyKey } from "../../shared/graphql/idempotency.ts";
import { errorText } from "../../shared/ui/error-text.ts";
import { readQuickAdd } from "../quick-add/quick-add.ts";
import { Understood } from "../quick-add/understood.tsx";
import classes from "./new-task.module.css";

const createTask = graphql(`
  mutation CreateTask($input: CreateTaskInput!) {
    createTask(input: $input) { task { id ...TaskRow list { id counts { open } } } }
  }
`);

interface NewTaskProps {
  /** Where it goes when the line names no list; null for the first list. */
  readonly listId: string | null;
  readonly lists: readonly { readonly id: string; readonly name: string }[];
}

/** Nueva tarea: a line, what was understood of it, and Enter. What could not be saved stays in the line. */
export function NewTask({ listId, lists }: NewTaskProps) {
  const { t } = useTranslation();
  const [line, setLine] = useState("");
  const [problem, setProblem] = useState<string>();
  const [create] = useMutation(createTask, { refetchQueries: ["Tasks", "Lists"] });
  // Of a line that is sent again because no answer came, the server makes one task.
  const unsent = useRef({ line: "", context: withIdempotencyKey() });
  const understood = readQuickAdd(line, { today: today(), lists });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (understood.title === "") return;
    const { priority, tags, ...said } = understood;
    const input = { ...said, tags: [...tags], listId: said.listId ?? listId, ...(priority && { priority }) };
    if (unsent.current.line !== line) unsent.current = { line, context: withIdempotencyKey() };
    const { context } = unsent.current;
    setLine("");
    setProblem(undefined);
    try {
      await create({ variables: { input }, context });
      unsent.current = { line: "", context };
    } catch (error) {
      setLine((typed) => typed || line);
      setProblem(errorText(t, { code: codeOf(error) }));
    }
  };

  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput
        aria-label={t(($) => $.tasks.new)}
        placeholder={t(($) => $.tasks.hint)}
        value={line}
        onChange={(event) => setLine(event.currentTarget.value)}
        maxLength={600}
        size="md"
        error={problem}
        rightSection={
          <ActionIcon type="submit" variant="subtle" aria-label={t(($) => $.tasks.add)}>
            <IconPlus size={20} />
          </ActionIcon>
        }
      />
      <Understood of={understood} lists={lists} />
    </form>
  );
}
