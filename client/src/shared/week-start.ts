import i18next from "i18next";
import { useSyncExternalStore } from "react";

/** The days that weeks begin with somewhere. */
export const weekStarts = ["monday", "sunday", "saturday"] as const;
export type WeekStart = (typeof weekStarts)[number];

const storedAs = "tareas:week-start";
/** As `Date` counts them. */
const days = { sunday: 0, monday: 1, saturday: 6 } as const;
/** TypeScript does not know of it yet. Its days are 1, Monday, to 7. */
type LocaleWithWeeks = Intl.Locale & { readonly getWeekInfo?: () => { readonly firstDay: number } };

const listeners = new Set<() => void>();

/** What was chosen on this device; null for what the language has. */
export const chosenWeekStart = (): WeekStart | null =>
  weekStarts.find((one) => one === localStorage.getItem(storedAs)) ?? null;

export function chooseWeekStart(choice: WeekStart | null): void {
  if (choice) localStorage.setItem(storedAs, choice);
  else localStorage.removeItem(storedAs);
  for (const listener of listeners) listener();
}

/** The day for a choice, as `Date` counts them: 0 is Sunday. */
export const weekStartOf = (choice: WeekStart | null): 0 | 1 | 6 => (choice ? days[choice] : ofLanguage());

/** The day that weeks begin with here, as `Date` counts them: 0 is Sunday. */
export const weekStart = (): 0 | 1 | 6 => weekStartOf(chosenWeekStart());

/** As {@link weekStart}, and follows it. */
export const useWeekStart = (): 0 | 1 | 6 => useSyncExternalStore(subscribe, weekStart);

/** The language says little without a country, so the browser's own word for it is asked if it has one. */
function ofLanguage(): 0 | 1 | 6 {
  const tag = navigator.languages.find((one) => one.slice(0, 2) === i18next.language) ?? i18next.language;
  const { firstDay = 1 } = (new Intl.Locale(tag) as LocaleWithWeeks).getWeekInfo?.() ?? {}; // not every browser knows
  return firstDay === 7 ? 0 : firstDay === 6 ? 6 : 1;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener); // another tab's choice
  i18next.on("languageChanged", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
    i18next.off("languageChanged", listener);
  };
}
