import { Group, Kbd, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../shared/ui/dialog.tsx";

const sheet = {
  newTask: ["n"],
  search: ["/"],
  palette: ["Ctrl", "K"],
  next: ["j"],
  previous: ["k"],
  edit: ["e"],
  complete: ["c"],
  choose: ["x"],
  chooseRange: ["Shift", "x"],
  chooseAll: ["Ctrl", "a"],
  remove: ["Del"],
  move: ["Alt", "↑ ↓"],
  undo: ["Ctrl", "z"],
  goAll: ["g", "l"],
  goToday: ["g", "t"],
  goUpcoming: ["g", "u"],
  goOverdue: ["g", "o"],
  goCompleted: ["g", "c"],
  goSettings: ["g", "s"],
  sheet: ["?"],
} as const;

/** All keys, on one sheet. */
export function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog onClose={onClose} title={t(($) => $.keys.title)}>
      <Stack gap={6}>
        {(Object.keys(sheet) as (keyof typeof sheet)[]).map((name) => (
          <Group key={name} justify="space-between">
            <Text size="sm">{t(($) => $.keys[name])}</Text>
            <Group gap={4}>
              {sheet[name].map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </Dialog>
  );
}
