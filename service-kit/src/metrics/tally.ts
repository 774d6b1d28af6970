import { Counter, type Registry } from "prom-client";

interface TallyOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
}

/**
 * A counter that is read far less often than it counts: it keeps numbers, and makes a Prometheus metric of them when
 * somebody looks. prom-client looks at the labels each time.
 */
export class Tally<Label extends string> {
  readonly #counts = new Map<string, { readonly labels: Record<Label, string>; count: number }>();
  readonly #labelNames: readonly Label[];

  constructor(registry: Registry, { name, help, labelNames }: TallyOptions<Label>) {
    const counts = this.#counts;
    this.#labelNames = labelNames;
    new Counter({
      ...{ name, help, labelNames: [...labelNames], registers: [registry] },
      collect() {
        this.reset();
        for (const { labels, count } of counts.values()) this.inc(labels, count);
      },
    });
  }

  /** Counts one; `values` are those of the labels, in order. */
  add(...values: readonly string[]): void {
    const key = values.length === 1 ? (values[0] as string) : values.join("\n");
    const known = this.#counts.get(key);
    if (known) known.count += 1;
    else this.#counts.set(key, { labels: this.#labelsOf(values), count: 1 });
  }

  #labelsOf(values: readonly string[]): Record<Label, string> {
    return Object.fromEntries(this.#labelNames.map((name, index) => [name, values[index]])) as Record<Label, string>;
  }
}
