import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconLogout, IconSettings } from "@tabler/icons-react";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { chooseLanguage, type Language, languages } from "../../shared/i18n/i18n.ts";
import type { SignedInUser } from "./session.ts";

/** Who is here, in which language and which light, and the way out. */
export function AccountMenu({ user, onSignOut }: { user: SignedInUser; onSignOut: () => void }) {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={260} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton aria-label={user.displayName}>
          <Avatar name={user.displayName} color="pine" radius="xl" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600}>{user.displayName}</Text>
          <Text size="sm">{user.username}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t(($) => $.settings.language)}</Menu.Label>
        <Menu.RadioGroup value={i18next.language} onChange={(value) => chooseLanguage(value as Language)}>
          {Object.entries(languages).map(([value, label]) => (
            <Menu.RadioItem key={value} value={value}>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>{t(($) => $.settings.theme)}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as typeof colorScheme)}>
          {(["auto", "light", "dark"] as const).map((value) => (
            <Menu.RadioItem key={value} value={value}>
              {t(($) => $.settings[value])}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item component={Link} href="/settings" leftSection={<IconSettings size={18} />} closeMenuOnClick>
          {t(($) => $.settings.title)}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={18} />} closeMenuOnClick onClick={onSignOut}>
          {t(($) => $.session.signOut)}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
