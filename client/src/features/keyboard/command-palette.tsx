import { Combobox, Group, InputBase, Kbd, useCombobox } from "@mantine/core";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { fold } from "../quick-add/tokens.ts";

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly keys?: string;
  readonly run: () => void;
}

interface CommandPaletteProps {
  readonly commands: readonly Command[];
  readonly onClose: () => void;
}

/** Everything that can be done from anywhere, found by typing a part of its name. */
export function CommandPalette({ commands, onClose }: CommandPaletteProps) {
  const { t } = useTranslation();
  const combobox = useCombobox({ opened: true });
  const listId = useId();
  const [text, setText] = useState("");
  const words = fold(text).split(/\s+/);
  const found = commands.filter(({ label }) => words.every((word) => fold(label).includes(word)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each letter, the first of what is left
  useEffect(() => {
    combobox.selectFirstOption();
  }, [text]);
  const run = (id: string) => {
    onClose();
    commands.find((command) => command.id === id)?.run();
  };
  return (
    <Dialog
      onClose={onClose}
      withCloseButton={false}
      padding="xs"
      attributes={{ content: { "aria-label": t(($) => $.keys.palette) } }}
      yOffset="12vh"
    >
      <Combobox store={combobox} onOptionSubmit={run} withinPortal={false}>
        {/* The library learns of the list too late to say that it is there. */}
        <Combobox.EventsTarget withExpandedAttribute aria-expanded aria-controls={listId}>
          <InputBase
            aria-label={t(($) => $.keys.palette)}
            placeholder={t(($) => $.keys.paletteHint)}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") onClose();
            }}
            data-autofocus
          />
        </Combobox.EventsTarget>
        <Combobox.Options
          id={listId}
          mt="xs"
          mah={360}
          style={{ overflowY: "auto" }}
          aria-label={t(($) => $.keys.palette)}
        >
          {found.map(({ id, label, keys }) => (
            <Combobox.Option key={id} value={id}>
              <Group justify="space-between">
                {label}
                {keys && <Kbd size="xs">{keys}</Kbd>}
              </Group>
            </Combobox.Option>
          ))}
          {found.length === 0 && <Combobox.Empty>{t(($) => $.keys.nothing)}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox>
    </Dialog>
  );
}
