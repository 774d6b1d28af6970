import type { Result } from "./result.ts";
import { duration } from "./words.ts";

/** "9.42 s login: NETWORK: other side closed, after 3 ms": a line for each of the first `most`, and one for the others. */
export function setbackLines({ setbacks: { first, total } }: Pick<Result, "setbacks">, most = first.length): string[] {
  const lines = first.slice(0, most).map(({ at, operation, setback: { got, ms } }) => {
    return `${(at / 1_000).toFixed(2)} s ${operation}: ${got}, after ${duration(ms)}`;
  });
  return total > lines.length ? [...lines, `and ${total - lines.length} more`] : lines;
}
