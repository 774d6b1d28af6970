import { useMantineColorScheme } from "@mantine/core";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { Command } from "../features/keyboard/command-palette.tsx";
import type { Shortcuts } from "../features/keyboard/use-shortcuts.ts";
import { useListName } from "../features/lists/use-list-name.ts";
import type { Overview } from "../features/views/overview.ts";
import { pathOf, pathOfList, type ViewName, viewNames } from "../features/views/views.ts";
import { chooseLanguage, type Language, languages } from "../shared/i18n/i18n.ts";
import type { Dialog } from "./shell.tsx";

interface CommandsOptions {
  readonly overview: Overview;
  readonly onSignOut: () => void;
  readonly onDialog: (dialog: Dialog) => void;
}

const keysOf: Partial<Record<ViewName, string>> = {
  all: "g l",
  today: "g t",
  upcoming: "g u",
  overdue: "g o",
  completed: "g c",
};

/** What can be done from anywhere, by the palette or by keys of its own. */
export function useCommands({ overview, onSignOut, onDialog }: CommandsOptions) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const nameOf = useListName();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const other = (Object.keys(languages) as Language[]).find((language) => language !== i18next.language) ?? "en";

  const all: Command[] = [
    { id: "new-task", label: t(($) => $.tasks.new), keys: "n", run: () => navigate("/?new") },
    { id: "new-list", label: t(($) => $.lists.new), run: () => onDialog("new-list") },
    ...viewNames.map((name) => ({
      id: name,
      label: t(($) => $.views[name]),
      ...(keysOf[name] && { keys: keysOf[name] }),
      run: () => navigate(pathOf(name)),
    })),
    ...overview.lists.map((list) => ({ id: list.id, label: nameOf(list), run: () => navigate(pathOfList(list.id)) })),
    { id: "settings", label: t(($) => $.settings.title), keys: "g s", run: () => navigate("/settings") },
    {
      id: "theme",
      label: t(($) => $.keys.otherTheme),
      run: () => setColorScheme(colorScheme === "dark" ? "light" : "dark"),
    },
    { id: "language", label: languages[other], run: () => chooseLanguage(other) },
    { id: "keys", label: t(($) => $.keys.title), keys: "?", run: () => onDialog("keys") },
    { id: "sign-out", label: t(($) => $.session.signOut), run: onSignOut },
  ];
  const shortcuts: Shortcuts = Object.fromEntries(
    all.flatMap(({ keys, run }) => (keys?.startsWith("g ") ? [[keys, run]] : [])),
  );
  return { all, shortcuts };
}
