import { type DayPhrase, dayPhrases } from "./day-phrases.ts";
import { fold, type Token, tokensOf } from "./tokens.ts";

export type Priority = "LOW" | "MEDIUM" | "HIGH" | "URGENT";

/** What a line for a new task says. */
export interface QuickAdd {
  /** What is left of the line: the words that say nothing else. */
  readonly title: string;
  /** A calendar day, as in 2026-11-24. */
  readonly dueDate: string | null;
  readonly priority: Priority | null;
  readonly tags: readonly string[];
  /** One of the lists that there are. */
  readonly listId: string | null;
}

interface Surroundings {
  /** The calendar day where the person is. */
  readonly today: string;
  readonly lists: readonly { readonly id: string; readonly name: string }[];
}

const priorities: Readonly<Record<string, Priority>> = {
  baja: "LOW",
  low: "LOW",
  media: "MEDIUM",
  medium: "MEDIUM",
  alta: "HIGH",
  high: "HIGH",
  urgente: "URGENT",
  urgent: "URGENT",
};

const most = { title: 500, tags: 20, tag: 50 };

/**
 * Reads a line in Spanish or English: `Comprar pan mañana !alta #casa +Compras`. Days may stand anywhere, the last one
 * counts; a mark that means nothing here (`!hoy`, `+Nowhere`, a tag too many or too long) is a word like any other.
 */
export function readQuickAdd(line: string, { today, lists }: Surroundings): QuickAdd {
  const words: string[] = [];
  const tags = new Set<string>();
  let dueDate: string | null = null;
  let priority: Priority | null = null;
  let listId: string | null = null;
  const tokens = tokensOf(line);
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as Token;
    const day = readDay(tokens, at, today);
    const list =
      token.mark === "+" ? lists.find(({ name }) => fold(name).replaceAll(/\s/g, "") === token.folded) : undefined;
    if (day) {
      dueDate = day.date;
      at += day.length;
      continue;
    }
    if (token.mark === "!" && priorities[token.folded]) priority = priorities[token.folded] ?? null;
    else if (isTag(token) && tags.size < most.tags) tags.add(token.text.slice(1));
    else if (list) listId = list.id;
    else words.push(token.text);
    at += 1;
  }
  // A line of nothing but marks and days is the title itself: a task has to be called something.
  if (words.length === 0) return { title: titleOf(line), dueDate: null, priority: null, tags: [], listId: null };
  return { title: titleOf(words.join(" ")), dueDate, priority, tags: [...tags], listId };
}

// `#12` is a number of something.
const isTag = ({ mark, text, folded }: Token) => mark === "#" && !/^\d*$/.test(folded) && text.length <= most.tag + 1;
// No half of a character that takes two.
const titleOf = (text: string) =>
  text
    .trim()
    .slice(0, most.title)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd();

/** Before these a day is something else: `por la mañana`, `cada lunes`, `every Friday`. */
const notBeforeDays = new Set(["la", "una", "toda", "cada", "los", "todos", "every", "each"]);
/** Short for a day, and words of their own: only at the end of a line, or behind a word that leads to a day. */
const ambiguous = new Set(["sun", "sat", "wed", "mon", "mar", "dom"]);

/** The longest phrase for a day that begins at a token. */
function readDay(tokens: readonly Token[], at: number, today: string): { date: string; length: number } | undefined {
  if (notBeforeDays.has(tokens[at - 1]?.folded ?? "")) return undefined;
  if (ambiguous.has(tokens[at]?.folded ?? "") && tokens.slice(at + 1).some(({ mark }) => mark === null))
    return undefined;
  const longestPhrase = 6;
  for (let length = Math.min(longestPhrase, tokens.length - at); length > 0; length -= 1) {
    const phrase = tokens.slice(at, at + length);
    if (phrase.some(({ mark }) => mark !== null)) continue;
    const text = phrase.map(({ folded }) => folded).join(" ");
    const found = firstMatch(text, today);
    if (found) return { date: found, length };
  }
  return undefined;
}

function firstMatch(text: string, today: string): string | undefined {
  for (const { pattern, dayOf } of dayPhrases as readonly DayPhrase[]) {
    const match = pattern.exec(text);
    const date = match && dayOf(match, today);
    if (date) return date;
  }
  return undefined;
}
