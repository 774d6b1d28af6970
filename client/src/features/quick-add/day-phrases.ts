/** A way to say a day, in words that are folded (see tokens.ts). */
export interface DayPhrase {
  readonly pattern: RegExp;
  /** The day, as in 2026-11-24; undefined when there is no such day. */
  readonly dayOf: (match: RegExpExecArray, today: string) => string | undefined;
}

const dayMs = 24 * 60 * 60 * 1_000;
const daysOf = { dia: 1, day: 1, semana: 7, week: 7 } as const;

// From Sunday on, as Date counts; short ones of three letters or more are understood.
const weekdays = [
  ["domingo", "sunday"],
  ["lunes", "monday"],
  ["martes", "tuesday"],
  ["miercoles", "wednesday"],
  ["jueves", "thursday"],
  ["viernes", "friday"],
  ["sabado", "saturday"],
] as const;

const months = [
  ["enero", "january"],
  ["febrero", "february"],
  ["marzo", "march"],
  ["abril", "april"],
  ["mayo", "may"],
  ["junio", "june"],
  ["julio", "july"],
  ["agosto", "august"],
  ["septiembre", "september"],
  ["octubre", "october"],
  ["noviembre", "november"],
  ["diciembre", "december"],
] as const;

const utc = (day: string) => new Date(`${day}T00:00:00Z`);
const textOf = (date: Date) => date.toISOString().slice(0, 10);
const inDays = (today: string, days: number) => textOf(new Date(utc(today).getTime() + days * dayMs));

const namesOf = (names: readonly (readonly string[])[]) =>
  names
    .flat()
    .map((name) => `${name.slice(0, 3)}\\w*`)
    .join("|");
const indexIn = (names: readonly (readonly string[])[], word: string) =>
  names.findIndex((spellings) => spellings.some((name) => word.length >= 3 && name.startsWith(word)));

/** The next such weekday: today's own name means a week from now. */
function weekday(word: string, today: string): string | undefined {
  const wanted = indexIn(weekdays, word);
  if (wanted < 0) return undefined;
  return inDays(today, ((wanted - utc(today).getUTCDay() + 6) % 7) + 1);
}

/** A day of a month, this year's or, once it has passed, next year's. */
function dayOfMonth(day: number, month: number, today: string): string | undefined {
  const thisYear = utc(today).getUTCFullYear();
  for (const year of [thisYear, thisYear + 1, thisYear + 2, thisYear + 3, thisYear + 4]) {
    const date = new Date(Date.UTC(year, month, day));
    const exists = date.getUTCMonth() === month && date.getUTCDate() === day;
    if (exists && textOf(date) >= today) return textOf(date);
  }
  return undefined;
}

export const dayPhrases: readonly DayPhrase[] = [
  { pattern: /^(?:(?:para|by|due) )?(?:hoy|today)$/, dayOf: (_, today) => today },
  { pattern: /^(?:ayer|yesterday)$/, dayOf: (_, today) => inDays(today, -1) },
  { pattern: /^(?:(?:para|by|due|for) )?(?:manana|tomorrow)$/, dayOf: (_, today) => inDays(today, 1) },
  {
    pattern: /^(?:(?:para|by|due|for) )?(?:pasado manana|(?:the )?day after tomorrow)$/,
    dayOf: (_, today) => inDays(today, 2),
  },
  {
    pattern: /^(?:en|in|dentro de) (\d{1,3}) (dia|day|semana|week)s?$/,
    dayOf: ([, count, unit], today) => inDays(today, Number(count) * daysOf[unit as keyof typeof daysOf]),
  },
  {
    pattern: new RegExp(
      `^(?:(?:para|by|due) )?(?:(?:el|este|proximo|el proximo|on|this|next) )?(${namesOf(weekdays)})(?: que viene)?$`,
    ),
    dayOf: ([, word = ""], today) => weekday(word, today),
  },
  {
    pattern: new RegExp(`^(?:(?:para|by|due|on) )?(?:el )?(\\d{1,2}) (?:de )?(${namesOf(months)})$`),
    dayOf: ([, day, word = ""], today) => monthNamed(word, Number(day), today),
  },
  {
    pattern: new RegExp(`^(?:(?:by|due|on) )?(${namesOf(months)}) (\\d{1,2})$`),
    dayOf: ([, word = "", day], today) => monthNamed(word, Number(day), today),
  },
  {
    pattern: /^(\d{4}-\d{2}-\d{2})$/,
    dayOf: ([, day = ""]) => (Number.isNaN(utc(day).getTime()) || textOf(utc(day)) !== day ? undefined : day),
  },
];

function monthNamed(word: string, day: number, today: string): string | undefined {
  const month = indexIn(months, word);
  return month < 0 ? undefined : dayOfMonth(day, month, today);
}
