import { Button, Group, Notification, Portal } from "@mantine/core";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import classes from "./update-notice.module.css";
import type { Updates } from "./updates.ts";

/** A quiet word that there is a new version. It can be put off until the next visit. */
export function UpdateNotice({ updates }: { updates: Updates }) {
  const { t } = useTranslation();
  const isAvailable = useSyncExternalStore(updates.subscribe, updates.isAvailable);
  const [isPutOff, setIsPutOff] = useState(false);
  return (
    <Portal>
      <div className={classes.place} aria-live="polite">
        {isAvailable && !isPutOff && (
          <Notification
            withBorder
            classNames={{ root: classes.notice as string, description: classes.text as string }}
            onClose={() => setIsPutOff(true)}
            closeButtonProps={{ "aria-label": t(($) => $.updates.later) }}
          >
            <Group justify="space-between" wrap="nowrap">
              {t(($) => $.updates.available)}
              <Button size="compact-sm" variant="subtle" onClick={() => updates.reload()}>
                {t(($) => $.updates.reload)}
              </Button>
            </Group>
          </Notification>
        )}
      </div>
    </Portal>
  );
}
