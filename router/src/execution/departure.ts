/**
 * The compiled way ends here: something is not as it is in nearly every answer, and Apollo's gateway knows what to make of
 * it. Nothing is lost, since the gateway gets what was fetched so far.
 */
export class Departure extends Error {
  /** For the metrics: one of a few words. */
  readonly reason: DepartureReason;

  constructor(reason: DepartureReason) {
    super(reason);
    this.reason = reason;
  }
}

/** An answer of a subgraph had errors, or none could be had; or it was not of the shape that the supergraph promises. */
export type DepartureReason = "errors" | "shape";

export function departForShape(): never {
  throw new Departure("shape");
}
