import { useTranslation } from "react-i18next";

const firstListName = "Tareas";

/** What to call a list: the first list has a name in each language until its person gives it one. */
export function useListName() {
  const { t } = useTranslation();
  return ({ name, isDefault }: { readonly name: string; readonly isDefault: boolean }): string =>
    isDefault && name === firstListName ? t(($) => $.lists.first) : name;
}
