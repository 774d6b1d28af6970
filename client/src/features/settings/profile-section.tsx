import { useQuery } from "@apollo/client/react";
import { Button, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql } from "../../generated/gql.ts";
import type { ProfileQuery } from "../../generated/graphql.ts";
import { PasswordField } from "../../shared/ui/password-field.tsx";
import { useUndo } from "../../shared/ui/undo.tsx";
import type { Session } from "../session/session.ts";
import { Problem } from "./problem.tsx";
import { fromServer, Loaded, Section } from "./section.tsx";
import classes from "./settings-page.module.css";
import { useChange } from "./use-change.ts";

const profile = graphql(`
  query Profile {
    me { id username displayName email }
  }
`);

const updateProfile = graphql(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) { user { id username displayName email } }
  }
`);

type Me = NonNullable<ProfileQuery["me"]>;

/** What others see of the person, and where their mail goes. */
export function ProfileSection({ session }: { session: Session }) {
  const { t } = useTranslation();
  const query = useQuery(profile, fromServer);
  return (
    <Section title={t(($) => $.settings.profile)}>
      <Loaded query={query}>{({ me }) => me && <ProfileForm loaded={me} session={session} />}</Loaded>
    </Section>
  );
}

function ProfileForm({ loaded, session }: { loaded: Me; session: Session }) {
  const { t } = useTranslation();
  const say = useUndo();
  const { change, isBusy, problem, problemOf } = useChange(updateProfile, ["SecurityEvents"]);
  const [saved, setSaved] = useState(loaded);
  const [displayName, setDisplayName] = useState(saved.displayName);
  const [email, setEmail] = useState(saved.email ?? "");
  const [currentPassword, setCurrentPassword] = useState("");
  const isOtherEmail = email.trim() !== (saved.email ?? "");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = {
      displayName: displayName.trim() || null,
      ...(isOtherEmail && { email: email.trim() || null, currentPassword }),
    };
    const user = (await change({ input }))?.updateProfile.user;
    if (!user) return;
    setSaved(user);
    setDisplayName(user.displayName);
    setEmail(user.email ?? "");
    setCurrentPassword("");
    say(t(($) => $.settings.saved));
    await session.confirm();
  };

  return (
    <form onSubmit={submit} className={classes.form}>
      <Stack>
        <Problem text={problem} />
        <TextInput label={t(($) => $.session.username)} value={saved.username} readOnly autoComplete="username" />
        <TextInput
          label={t(($) => $.settings.displayName)}
          value={displayName}
          onChange={(event) => setDisplayName(event.currentTarget.value)}
          autoComplete="name"
          maxLength={64}
          error={problemOf("displayName")}
        />
        <TextInput
          label={t(($) => $.session.email)}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          autoComplete="email"
          error={problemOf("email")}
        />
        {isOtherEmail && (
          <PasswordField
            label={t(($) => $.settings.currentPassword)}
            description={t(($) => $.settings.whyPassword)}
            value={currentPassword}
            onChange={(event) => setCurrentPassword(event.currentTarget.value)}
            autoComplete="current-password"
            error={problemOf("currentPassword")}
            required
          />
        )}
        <Button type="submit" loading={isBusy} mr="auto">
          {t(($) => $.app.save)}
        </Button>
      </Stack>
    </form>
  );
}
