import { Button, Group, Loader, Text } from "@mantine/core";
import { useNetwork } from "@mantine/hooks";
import { IconAlertCircle, IconCloudCheck, IconCloudOff } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./sync-sign.module.css";
import { useQueueState } from "./use-workspace.ts";

const ProblemsDialog = lazy(() =>
  import("./problems-dialog.tsx").then((module) => ({ default: module.ProblemsDialog })),
);

/** Where the person's changes are: saved, being saved, waiting for the network, or in need of a decision. */
export function SyncSign({ isReached }: { isReached: boolean }) {
  const { t } = useTranslation();
  const { entries, stored, phase } = useQueueState();
  const { online } = useNetwork();
  const [isDeciding, setIsDeciding] = useState(false);
  const problems = entries.filter(({ problem }) => problem !== null);
  const isSaving = entries.length > problems.length;
  // What is not on disk yet is no promise: who reads the number may close the page.
  const count = stored.length - problems.length;
  const isOffline = !online || !isReached;
  const isWaiting = isOffline || phase === "waiting";

  return (
    <>
      <Group gap={6} wrap="nowrap" className={classes.sign as string} role="status">
        {phase === "unstored" ? (
          <>
            <IconAlertCircle size={18} aria-hidden />
            <Text size="sm">{t(($) => $.sync.unstored)}</Text>
          </>
        ) : isWaiting && (isOffline || count > 0) ? (
          <>
            <IconCloudOff size={18} aria-hidden />
            {isOffline && <Text size="sm">{t(($) => $.sync.offline)}</Text>}
            {count > 0 && (
              <Text size="sm" className={classes.detail as string}>
                {isOffline && "· "}
                {t(($) => $.sync.waiting, { count })}
              </Text>
            )}
          </>
        ) : isSaving ? (
          <>
            <Loader size={14} aria-hidden />
            <Text size="sm">{t(($) => $.sync.saving)}</Text>
          </>
        ) : (
          <>
            <IconCloudCheck size={18} aria-hidden />
            <Text size="sm" className={classes.saved as string}>
              {t(($) => $.sync.saved)}
            </Text>
          </>
        )}
      </Group>
      {problems.length > 0 && (
        <Button
          size="compact-sm"
          variant="light"
          color="terracotta"
          leftSection={<IconAlertCircle size={16} aria-hidden />}
          onClick={() => setIsDeciding(true)}
        >
          <span className={classes.detail}>{t(($) => $.sync.decide, { count: problems.length })}</span>
          <span className={classes.brief} aria-hidden>
            {problems.length}
          </span>
        </Button>
      )}
      {isDeciding && problems[0] && (
        <Suspense>
          <ProblemsDialog key={problems[0].id} entry={problems[0]} onClose={() => setIsDeciding(false)} />
        </Suspense>
      )}
    </>
  );
}
