import { Button, Stack, Text } from "@mantine/core";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { graphql } from "../../generated/gql.ts";
import { PasswordField } from "../../shared/ui/password-field.tsx";
import { useUndo } from "../../shared/ui/undo.tsx";
import { Problem } from "./problem.tsx";
import { Section } from "./section.tsx";
import classes from "./settings-page.module.css";
import { useChange } from "./use-change.ts";

const changePassword = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) { endedSessions }
  }
`);

/** A new password, for who knows the old one. */
export function PasswordSection() {
  const { t } = useTranslation();
  const say = useUndo();
  const { change, isBusy, problem, problemOf } = useChange(changePassword, ["Sessions", "SecurityEvents"]);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const entries = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const { currentPassword = "", newPassword = "" } = entries;
    const changed = await change({ input: { currentPassword, newPassword } });
    if (!changed) return;
    form.reset();
    say(t(($) => $.settings.passwordChanged, { count: changed.changePassword.endedSessions }));
  };

  return (
    <Section title={t(($) => $.session.password)}>
      <form onSubmit={submit} className={classes.form}>
        <Stack>
          <Text size="sm" c="var(--quiet)">
            {t(($) => $.settings.passwordHint)}
          </Text>
          <Problem text={problem} />
          <PasswordField
            label={t(($) => $.settings.currentPassword)}
            name="currentPassword"
            autoComplete="current-password"
            error={problemOf("currentPassword")}
            required
          />
          <PasswordField
            label={t(($) => $.session.newPassword)}
            name="newPassword"
            autoComplete="new-password"
            error={problemOf("newPassword")}
            required
          />
          <Button type="submit" loading={isBusy} mr="auto">
            {t(($) => $.session.setPassword)}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
