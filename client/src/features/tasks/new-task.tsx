import { useMutation } from "@apollo/client/react";
import { ActionIcon, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql } from "../../generated/gql.ts";
import { codeOf } from "../../shared/graphql/code-of.ts";
import { withIdempotencyKey } from "../../shared/graphql/idempotency.ts";
import { errorText } from "../../shared/ui/error-text.ts";
import classes from "./new-task.module.css";

const createTask = graphql(`
  mutation CreateTask($input: CreateTaskInput!) {
    createTask(input: $input) { task { id ...TaskRow list { id counts { open } } } }
  }
`);

/** Nueva tarea: a line, and Enter. What could not be saved stays in the line. */
export function NewTask({ listId }: { listId: string | null }) {
  const { t } = useTranslation();
  const [title, setTitle] = useState("");
  const [problem, setProblem] = useState<string>();
  const [create] = useMutation(createTask, { refetchQueries: ["Tasks", "Lists"] });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = title.trim();
    if (wanted === "") return;
    setTitle("");
    setProblem(undefined);
    try {
      await create({ variables: { input: { title: wanted, listId } }, context: withIdempotencyKey() });
    } catch (error) {
      setTitle((typed) => typed || wanted);
      setProblem(errorText(t, { code: codeOf(error) }));
    }
  };

  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput
        aria-label={t(($) => $.tasks.new)}
        placeholder={t(($) => $.tasks.new)}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={500}
        size="md"
        error={problem}
        rightSection={
          <ActionIcon type="submit" variant="subtle" aria-label={t(($) => $.tasks.add)}>
            <IconPlus size={20} />
          </ActionIcon>
        }
      />
    </form>
  );
}
