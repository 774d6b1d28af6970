import { Alert, Anchor, Button, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText, fieldText } from "../../shared/ui/error-text.ts";
import { PasswordField } from "../../shared/ui/password-field.tsx";
import { askForReset, resetPassword } from "./operations.ts";
import { GraphQLFailure, request } from "./request.ts";
import classes from "./sign-in-page.module.css";

/** For who has forgotten the password: asks for a mail or, by the link in that mail, for a new password. */
export function ResetPasswordPage() {
  const { t } = useTranslation();
  const [token] = useState(() => /^#token=(.+)$/.exec(window.location.hash)?.[1]);
  const [failure, setFailure] = useState<unknown>();
  const [isDone, setIsDone] = useState(false);
  const fields = failure instanceof GraphQLFailure ? failure.fields : [];
  const wrongPassword = fields.find(({ path }) => path === "newPassword");
  const wrongToken = fields.some(({ path }) => path === "token");

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { email, newPassword } = Object.fromEntries(new FormData(event.currentTarget));
    setFailure(undefined);
    try {
      await (token ? request(resetPassword, { token, newPassword }) : request(askForReset, { email }));
      setIsDone(true);
    } catch (error) {
      setFailure(error);
    }
  };

  return (
    <main className={classes.page}>
      <Paper className={classes.card as string} p="xl" radius="lg" withBorder>
        <form onSubmit={submit}>
          <Stack>
            <Title order={1} size="h3">
              {t(($) => $.session.forgotten)}
            </Title>
            {failure !== undefined && !wrongPassword && (
              <Alert color="terracotta" role="alert">
                {wrongToken ? t(($) => $.session.badLink) : errorText(t, failure)}
              </Alert>
            )}
            {isDone ? (
              <Text role="status">{t(($) => (token ? $.session.passwordSet : $.session.mailSent))}</Text>
            ) : (
              <>
                {token ? (
                  <PasswordField
                    label={t(($) => $.session.newPassword)}
                    name="newPassword"
                    autoComplete="new-password"
                    error={wrongPassword && fieldText(t, wrongPassword.code)}
                    required
                    autoFocus
                  />
                ) : (
                  <TextInput
                    label={t(($) => $.session.emailOfAccount)}
                    name="email"
                    type="email"
                    autoComplete="email"
                    required
                    autoFocus
                  />
                )}
                <Button type="submit">{t(($) => (token ? $.session.setPassword : $.session.sendMail))}</Button>
              </>
            )}
            <Anchor href="/" size="sm">
              {t(($) => $.session.signIn)}
            </Anchor>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
