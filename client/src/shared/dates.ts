/** Making one takes longer than all that it is used for on a screen. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** A calendar day such as 2026-11-24 in words, without a time zone's say; with its weekday if one is asked for. */
export function formatDay(day: string, language: string, weekday?: "short"): string {
  const key = `${language} ${weekday}`;
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat(regionalised(language), { weekday, day: "numeric", month: "short", timeZone: "UTC" });
  formats.set(key, format);
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** The language as it is written where the person is: British dates for who reads British English. */
const regionalised = (language: string) =>
  navigator.languages.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;

/** Today, where the person is. */
export function today(now = new Date()): string {
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

export const isPast = (day: string): boolean => day < today();

/** A calendar day so many days after another, or before it. */
export function inDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
