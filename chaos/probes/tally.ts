/** Counts by name. Each name is there from the start: what never happened counts 0, and is not merely unknown. */
export class Tally<Name extends string> {
  readonly counts: Record<Name, number>;

  constructor(...names: readonly Name[]) {
    this.counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  }

  add(name: Name, count = 1): void {
    this.counts[name] += count;
  }

  /** The same, and under a second name which: "bad tokens that were accepted: alg none". */
  addOne(name: Name, which: string): void {
    this.add(name);
    const counts: Record<string, number> = this.counts;
    const detail = `${name}: ${which}`;
    counts[detail] = (counts[detail] ?? 0) + 1;
  }
}
