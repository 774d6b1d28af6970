import { Alert, Button, Checkbox, Code, CopyButton, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import type { TFunction } from "i18next";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql } from "../../generated/gql.ts";
import { Problem } from "./problem.tsx";
import classes from "./settings-page.module.css";
import { useChange } from "./use-change.ts";

const createApiToken = graphql(`
  mutation CreateApiToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) { token apiToken { id } }
  }
`);

/** Each with what it is called: in the name of a text, a colon has a meaning of its own. */
const scopes = { "tasks:read": "readTasks", "tasks:write": "writeTasks", "account:read": "readAccount" } as const;
const knownScopes = Object.keys(scopes) as (keyof typeof scopes)[];
const lifetimes = [7, 30, 90, 365];
const usualDays = 90;

/** Scopes in words; one that this version does not know by its own name. */
export const scopeNames = (t: TFunction, names: readonly string[]): string[] =>
  names.map((name) => {
    const known = knownScopes.find((scope) => scope === name);
    return known ? t(($) => $.settings.tokens.scopes[scopes[known]]) : name;
  });

/** Makes a token, and shows it this once. */
export function ApiTokenForm() {
  const { t } = useTranslation();
  const { change, isBusy, problem, problemOf } = useChange(createApiToken, ["ApiTokens", "SecurityEvents"]);
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string[]>(["tasks:read"]);
  const [days, setDays] = useState(usualDays);
  const [made, setMade] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setMade(undefined);
    const answer = await change({ input: { name, scopes: chosen, expiresInDays: days } });
    if (!answer) return;
    setMade(answer.createApiToken.token);
    setName("");
  };

  return (
    <>
      {made && <NewToken token={made} onClose={() => setMade(undefined)} />}
      <form onSubmit={submit} className={classes.form}>
        <Stack>
          <Problem text={problem} />
          <TextInput
            label={t(($) => $.settings.tokens.name)}
            placeholder={t(($) => $.settings.tokens.nameHint)}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={100}
            error={problemOf("name")}
            required
          />
          <Checkbox.Group
            label={t(($) => $.settings.tokens.may)}
            value={chosen}
            onChange={setChosen}
            error={problemOf("scopes")}
          >
            <Stack gap="xs" mt="xs">
              {knownScopes.map((scope) => (
                <Checkbox key={scope} value={scope} label={t(($) => $.settings.tokens.scopes[scopes[scope]])} />
              ))}
            </Stack>
          </Checkbox.Group>
          <NativeSelect
            label={t(($) => $.settings.tokens.lifetime)}
            value={String(days)}
            onChange={(event) => setDays(Number(event.currentTarget.value))}
            data={lifetimes.map((count) => ({
              value: String(count),
              label: t(($) => $.settings.tokens.days, { count }),
            }))}
          />
          <Button type="submit" variant="light" loading={isBusy} mr="auto">
            {t(($) => $.settings.tokens.create)}
          </Button>
        </Stack>
      </form>
    </>
  );
}

function NewToken({ token, onClose }: { token: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert
      role="status"
      title={t(($) => $.settings.tokens.once)}
      withCloseButton
      closeButtonLabel={t(($) => $.app.close)}
      onClose={onClose}
    >
      <Group>
        <Code style={{ overflowWrap: "anywhere" }}>{token}</Code>
        <CopyButton value={token}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {t(($) => (copied ? $.settings.tokens.copied : $.settings.tokens.copy))}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}
