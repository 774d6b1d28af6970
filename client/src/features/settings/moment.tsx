import { useTranslation } from "react-i18next";

const units = [
  ["year", 365 * 24 * 60 * 60],
  ["month", 30 * 24 * 60 * 60],
  ["day", 24 * 60 * 60],
  ["hour", 60 * 60],
  ["minute", 60],
] as const;

/** How long ago a moment was, in whole units, or how far off it is, in begun ones: "hace 3 horas". */
export function relativeTime(moment: string, language: string, nowMs = Date.now()): string {
  const seconds = (Date.parse(moment) - nowMs) / 1_000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, size] of units)
    if (Math.abs(seconds) >= size) return format.format(Math.ceil(seconds / size), unit);
  return format.format(0, "second");
}

/** A moment as people say it, and by the clock for who looks closer. */
export function Moment({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const exact = new Intl.DateTimeFormat(i18n.language, { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
  return (
    <time dateTime={at} title={exact}>
      {relativeTime(at, i18n.language)}
    </time>
  );
}
