import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql } from "../../generated/gql.ts";
import { PasswordField } from "../../shared/ui/password-field.tsx";
import type { Session, SignedInUser } from "../session/session.ts";
import { Problem } from "./problem.tsx";
import { Section } from "./section.tsx";
import { useChange } from "./use-change.ts";

const deleteAccount = graphql(`
  mutation DeleteAccount($password: String!) {
    deleteAccount(input: { password: $password }) { deletedId }
  }
`);

interface DeleteAccountProps {
  readonly user: SignedInUser;
  readonly session: Session;
}

/** The end of the account. */
export function DeleteAccountSection(props: DeleteAccountProps) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Section title={t(($) => $.settings.deletion.title)}>
      <Text>{t(($) => $.settings.deletion.hint)}</Text>
      <Button color="terracotta" variant="light" mr="auto" onClick={() => setIsAsking(true)}>
        {t(($) => $.settings.deletion.begin)}
      </Button>
      {isAsking && <DeleteAccountDialog {...props} onClose={() => setIsAsking(false)} />}
    </Section>
  );
}

/** Asks for the password, as the server does, and for the name: so that nobody gets here by mistake. */
function DeleteAccountDialog({ user, session, onClose }: DeleteAccountProps & { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { change, isBusy, problem, problemOf } = useChange(deleteAccount);
  const [isOtherName, setIsOtherName] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { username, password } = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    const isWrong = username?.trim() !== user.username;
    setIsOtherName(isWrong);
    if (isWrong || !(await change({ password: password ?? "" }))) return;
    await session.signOut();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(($) => $.settings.deletion.title)}
      closeButtonProps={{ "aria-label": t(($) => $.app.close) }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text>{t(($) => $.settings.deletion.warning)}</Text>
          <Problem text={problem} />
          <TextInput
            label={t(($) => $.settings.deletion.name, { name: user.username })}
            name="username"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={isOtherName && t(($) => $.settings.deletion.otherName)}
            required
            data-autofocus
          />
          <PasswordField
            label={t(($) => $.settings.currentPassword)}
            name="password"
            autoComplete="current-password"
            error={problemOf("currentPassword") ?? problemOf("password")}
            required
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t(($) => $.app.cancel)}
            </Button>
            <Button type="submit" color="terracotta" loading={isBusy}>
              {t(($) => $.settings.deletion.confirm)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
