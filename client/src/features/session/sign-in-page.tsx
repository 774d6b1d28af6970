import { Alert, Anchor, Button, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText, fieldText } from "../../shared/ui/error-text.ts";
import { PasswordField } from "../../shared/ui/password-field.tsx";
import { GraphQLFailure } from "./request.ts";
import type { Session, SignedInUser } from "./session.ts";
import classes from "./sign-in-page.module.css";

interface SignInPageProps {
  readonly session: Session;
  /** Whose session has just ended. */
  readonly ended?: SignedInUser | null;
  /** Somebody begins to type. */
  readonly onBegin?: () => void;
}

/** Iniciar sesión, and Registrarse. */
export function SignInPage({ session, ended, onBegin }: SignInPageProps) {
  const { t } = useTranslation();
  const [isNew, setIsNew] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const fields = failure instanceof GraphQLFailure ? failure.fields : [];
  const problemOf = (path: string) => {
    const field = fields.find((one) => one.path === path);
    return field && fieldText(t, field.code);
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entries = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    const { username = "", password = "", email = "" } = entries;
    setIsBusy(true);
    setFailure(undefined);
    try {
      if (isNew) await session.register({ username, password, ...(email.trim() && { email }) });
      else await session.signIn(username, password);
    } catch (error) {
      setFailure(error);
      setIsBusy(false);
    }
  };

  return (
    <main className={classes.page}>
      <Stack gap="xs" className={classes.greeting}>
        <img src="/icon.svg" alt="" width={48} height={48} />
        <Title order={1}>{t(($) => $.app.name)}</Title>
        <Text c="var(--quiet)">{t(($) => $.app.tagline)}</Text>
      </Stack>
      <Paper className={classes.card} p="xl" radius="lg" withBorder>
        <form onSubmit={submit} onInput={onBegin} key={String(isNew)}>
          <Stack>
            <Title order={2} size="h3">
              {t(($) => (isNew ? $.session.register : $.session.signIn))}
            </Title>
            {ended && !isNew && failure === undefined && (
              <Alert role="status">{t(($) => $.session.ended, { name: ended.displayName })}</Alert>
            )}
            {failure !== undefined && fields.length === 0 && (
              <Alert color="terracotta" role="alert">
                {errorText(t, failure)}
              </Alert>
            )}
            <TextInput
              label={t(($) => (isNew ? $.session.username : $.session.usernameOrEmail))}
              description={isNew && t(($) => $.session.usernameHint)}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              defaultValue={ended && !isNew ? ended.username : ""}
              error={problemOf("username")}
              required
              autoFocus
            />
            {isNew && (
              <TextInput
                label={t(($) => $.session.email)}
                description={t(($) => $.session.emailHint)}
                name="email"
                type="email"
                autoComplete="email"
                error={problemOf("email")}
              />
            )}
            <PasswordField
              label={t(($) => $.session.password)}
              description={isNew && t(($) => $.session.passwordHint)}
              name="password"
              autoComplete={isNew ? "new-password" : "current-password"}
              error={problemOf("password")}
              required
            />
            <Button type="submit" loading={isBusy}>
              {t(($) => (isNew ? $.session.register : $.session.signIn))}
            </Button>
            {!isNew && (
              <Anchor href="/reset-password" size="sm">
                {t(($) => $.session.forgot)}
              </Anchor>
            )}
            <Text size="sm">
              {t(($) => (isNew ? $.session.toSignIn : $.session.toRegister))}{" "}
              <Anchor
                component="button"
                type="button"
                size="sm"
                onClick={() => {
                  setIsNew(!isNew);
                  setFailure(undefined);
                }}
              >
                {t(($) => (isNew ? $.session.signIn : $.session.register))}
              </Anchor>
            </Text>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
