const marks = ["!", "#", "+"] as const;

/** A word of a line. */
export interface Token {
  /** As it was written. */
  readonly text: string;
  /** Without its mark, in small letters and without accents. */
  readonly folded: string;
  readonly mark: (typeof marks)[number] | null;
}

/** Small letters without accents: what people type when they are in a hurry. */
export const fold = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

export function tokensOf(line: string): Token[] {
  const words = line.split(/\s+/).filter((word) => word !== "");
  return words.map((text) => {
    const mark = text.length > 1 ? (marks.find((one) => text.startsWith(one)) ?? null) : null;
    return { text, mark, folded: fold(mark ? text.slice(1) : text) };
  });
}
