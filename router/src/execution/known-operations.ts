import { LRUCache } from "lru-cache";

/** Together their texts have so many UTF-16 units at most: what is compiled of one takes some times the memory of its text. */
const mostText = 1_000_000;
const mostOperations = 1_000;
const longestText = 50_000;

/** What is kept of operations that clients sent lately, by text and name. */
export class KnownOperations<Known extends object> {
  /** By text; nearly all have one operation. */
  readonly #byText = new LRUCache<string, Map<string, Known>>({
    max: mostOperations,
    maxSize: mostText,
    maxEntrySize: longestText,
    sizeCalculation: (_, text) => text.length + 1,
  });

  get(text: string, operationName: string): Known | undefined {
    return this.#byText.get(text)?.get(operationName);
  }

  set(text: string, operationName: string, known: Known): void {
    const all = this.#byText.get(text);
    if (all) all.set(operationName, known);
    else this.#byText.set(text, new Map([[operationName, known]]));
  }

  clear(): void {
    this.#byText.clear();
  }
}
