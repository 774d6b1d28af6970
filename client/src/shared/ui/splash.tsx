import { Center, Loader, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** While it is not known yet who is here: a moment or, while nobody answers, until somebody does. */
export function Splash({ isLate }: { isLate: boolean }) {
  const { t } = useTranslation();
  return (
    <Center mih="100dvh" role="status" aria-label={t(($) => $.app.loading)}>
      <Stack align="center">
        <Loader type="dots" />
        {isLate && <Text c="var(--quiet)">{t(($) => $.app.late)}</Text>}
      </Stack>
    </Center>
  );
}
