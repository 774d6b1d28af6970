const longestWord = 40;
const mostWords = 500;

/**
 * The words of a text as they are searched: letters and digits only, without accents or case.
 * Bounded, so that no note can blow up the index: 500 different words of 40 characters.
 */
export function searchWords(...texts: readonly (string | null)[]): string[] {
  const words = new Set<string>();
  for (const text of texts) {
    for (const [word] of fold(text ?? "").matchAll(/[\p{L}\p{N}]+/gu)) {
      words.add([...word].slice(0, longestWord).join(""));
      if (words.size === mostWords) return [...words];
    }
  }
  return [...words];
}

const fold = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
