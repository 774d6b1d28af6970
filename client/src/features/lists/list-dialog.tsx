import { Button, ColorSwatch, Group, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListLinkFragment } from "../../generated/graphql.ts";
import { Dialog } from "../../shared/ui/dialog.tsx";
import type { ListActions } from "./use-list-actions.ts";

const colors = {
  pine: "#1f6f5c",
  sea: "#2f6f9f",
  plum: "#7a4d8c",
  rose: "#b8456b",
  clay: "#b4552d",
  sand: "#a67c1e",
  moss: "#6b7f2a",
} as const;
type ColorName = keyof typeof colors;

interface ListDialogProps {
  /** The list to change; null for a new one. */
  readonly list: ListLinkFragment | null;
  readonly actions: ListActions;
  readonly onClose: () => void;
}

/** The name and the colour of a list. */
export function ListDialog({ list, actions, onClose }: ListDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(list?.name ?? "");
  const [color, setColor] = useState<string | null>(list?.color ?? null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    if (list) actions.change(list.id, { name, color });
    else actions.create({ name, color });
    onClose();
  };
  return (
    <Dialog onClose={onClose} title={list ? t(($) => $.lists.edit) : t(($) => $.lists.new)}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t(($) => $.lists.name)}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={100}
            required
            data-autofocus
          />
          <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
            <Text component="legend" size="sm" fw={500} mb={6}>
              {t(($) => $.lists.color)}
            </Text>
            <Group gap="xs">
              {(Object.keys(colors) as ColorName[]).map((one) => (
                <UnstyledButton
                  key={one}
                  aria-label={t(($) => $.lists.colors[one])}
                  aria-pressed={color === colors[one]}
                  onClick={() => setColor(color === colors[one] ? null : colors[one])}
                >
                  <ColorSwatch color={colors[one]} c="#fff">
                    {color === colors[one] && <IconCheck size={16} />}
                  </ColorSwatch>
                </UnstyledButton>
              ))}
            </Group>
          </fieldset>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t(($) => $.app.cancel)}
            </Button>
            <Button type="submit">{list ? t(($) => $.app.save) : t(($) => $.lists.create)}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
