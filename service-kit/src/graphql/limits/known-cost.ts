import { Kind, visit } from "graphql";
import { type CostInput, exceedsCost } from "./cost.ts";
import { isSizing } from "./page-size.ts";

/** For so many sets of page sizes an operation's cost is remembered. */
const mostKnown = 100;

/** Whether one operation costs too much: counted once for each set of page sizes that its variables bring. */
export class KnownCost {
  readonly #input: Omit<CostInput, "variables">;
  readonly #limit: number;
  readonly #sizes: readonly string[];
  readonly #known = new Map<string, boolean>();

  constructor(input: Omit<CostInput, "variables">, limit: number) {
    this.#input = input;
    this.#limit = limit;
    this.#sizes = sizingVariables(input);
  }

  isExceeded(variables: CostInput["variables"]): boolean {
    // An absent variable has its default, null has none: they are written differently.
    const key = this.#sizes.length === 0 ? "" : this.#sizes.map((name) => JSON.stringify(variables[name])).join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const exceeds = exceedsCost({ ...this.#input, variables }, this.#limit);
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(key, exceeds);
    return exceeds;
  }
}

function sizingVariables({ document }: Pick<CostInput, "document">): string[] {
  const names = new Set<string>();
  visit(document, {
    Argument({ name, value }) {
      if (isSizing(name.value) && value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
