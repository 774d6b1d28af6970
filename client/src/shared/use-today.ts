import { useSyncExternalStore } from "react";
import { today } from "./dates.ts";

const lookEveryMs = 30_000;

function onNewDay(listener: () => void): () => void {
  const timer = setInterval(listener, lookEveryMs);
  document.addEventListener("visibilitychange", listener);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", listener);
  };
}

/** The calendar day where the person is, also when the app stays open past midnight. */
export const useToday = (): string => useSyncExternalStore(onNewDay, today);
