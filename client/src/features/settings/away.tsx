import { Button, Group, Text } from "@mantine/core";
import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../shared/ui/error-text.ts";
import { refusalOf } from "./refusal.ts";

const retryEveryMs = 5_000;

/** A quiet word in place of what could not be had, which is asked for again until it comes. */
export function Away({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  const retry = useEffectEvent(onRetry);
  useEffect(() => {
    const again = () => retry();
    const timer = setInterval(again, retryEveryMs);
    window.addEventListener("online", again);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", again);
    };
  }, []);
  return (
    <Group justify="space-between" role="status">
      <Text c="var(--quiet)">{errorText(t, refusalOf(error))}</Text>
      <Button size="compact-sm" variant="subtle" onClick={onRetry}>
        {t(($) => $.status.retry)}
      </Button>
    </Group>
  );
}
