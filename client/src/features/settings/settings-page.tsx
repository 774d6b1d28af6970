import { Stack, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Session, SignedInUser } from "../session/session.ts";
import { ActivitySection } from "./activity-section.tsx";
import { ApiTokensSection } from "./api-tokens-section.tsx";
import { AppearanceSection } from "./appearance-section.tsx";
import { DeleteAccountSection } from "./delete-account-section.tsx";
import { ExportSection } from "./export-section.tsx";
import { PasswordSection } from "./password-section.tsx";
import { ProfileSection } from "./profile-section.tsx";
import { SessionsSection } from "./sessions-section.tsx";
import classes from "./settings-page.module.css";

interface SettingsPageProps {
  readonly user: SignedInUser;
  readonly session: Session;
}

/** How the app looks here, and all that a person can do with their account. */
export function SettingsPage({ user, session }: SettingsPageProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.page}>
      <Title order={1} mb="lg">
        {t(($) => $.settings.title)}
      </Title>
      <Stack gap="lg">
        <AppearanceSection />
        <ProfileSection session={session} />
        <PasswordSection />
        <SessionsSection session={session} />
        <ApiTokensSection />
        <ActivitySection />
        <ExportSection session={session} />
        <DeleteAccountSection user={user} session={session} />
      </Stack>
    </div>
  );
}
