import type { GraphQLCompositeType, GraphQLField } from "graphql";

/** A field that was selected in a place of an answer. */
export interface Selected {
  readonly key: string;
  readonly parent: GraphQLCompositeType;
  readonly field: GraphQLField<unknown, unknown>;
  /** As written: `(id: "1")`. */
  readonly given: string;
  readonly inner: Scope;
}

/** What is selected in one place of an answer, by all selection sets that are about it: fields of one key have to agree. */
export class Scope {
  readonly #byKey = new Map<string, Selected>();
  #fresh = 0;

  get all(): readonly Selected[] {
    return [...this.#byKey.values()];
  }

  /** Selects a field by this key, or by a new one if the key is another field's. */
  select({ key, parent, field, given }: Omit<Selected, "inner">): Selected {
    const known = this.#byKey.get(key);
    if (known) {
      const isAlike =
        known.field.name === field.name && known.given === given && String(known.field.type) === String(field.type);
      if (isAlike) return { ...known, parent, field };
      this.#fresh += 1;
      return this.select({ key: `${key}_${this.#fresh}`, parent, field, given });
    }
    const selected = { key, parent, field, given, inner: new Scope() };
    this.#byKey.set(key, selected);
    return selected;
  }
}
