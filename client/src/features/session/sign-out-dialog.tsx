import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { useQueueState } from "../sync/use-workspace.ts";

interface SignOutDialogProps {
  readonly onSignOut: () => void;
  readonly onClose: () => void;
}

/** Asks before changes that the server does not have are thrown away with all else that this device keeps. */
export function SignOutDialog({ onSignOut, onClose }: SignOutDialogProps) {
  const { t } = useTranslation();
  const { entries } = useQueueState();
  return (
    <Dialog onClose={onClose} title={t(($) => $.session.signOut)}>
      <Stack>
        <Text>{t(($) => $.session.unsaved, { count: entries.length })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t(($) => $.session.stay)}
          </Button>
          <Button color="terracotta" onClick={onSignOut}>
            {t(($) => $.session.signOutAnyway)}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
