import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
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
    <Modal
      opened
      onClose={onClose}
      title={t(($) => $.session.signOut)}
      closeButtonProps={{ "aria-label": t(($) => $.app.close) }}
    >
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
    </Modal>
  );
}
