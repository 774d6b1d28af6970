import { placeholders } from "./placeholders.ts";

/** What stands in the place of each placeholder. */
export interface Fillings {
  readonly viewer: string;
  readonly entity: string;
}

const separators = new RegExp(`([${placeholders.viewer}${placeholders.entity}])`);

/** A text with places to fill: what an answer costs is to join its pieces. */
export class Template {
  readonly #pieces: readonly string[];

  constructor(text: string) {
    this.#pieces = text.split(separators);
  }

  fill({ viewer, entity }: Fillings): string {
    let text = "";
    for (const piece of this.#pieces) {
      if (piece === placeholders.viewer) text += viewer;
      else if (piece === placeholders.entity) text += entity;
      else text += piece;
    }
    return text;
  }
}
