/** Something that the person at the terminal can mend: `message` is one line that says what is wrong and how to mend it. */
export class StartFailure extends Error {
  override name = "StartFailure";
}

/** The message of anything that was thrown, on one line. */
export function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().replaceAll(/\s*\n\s*/g, " ");
}
