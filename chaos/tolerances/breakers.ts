import { isWithin, type RunEvent, type RunRecord } from "../lab/run-record.ts";
import type { OperationName } from "../load/sample.ts";
import { percentile } from "./percentile.ts";
import type { Tolerance } from "./tolerance.ts";

/** The first opening of each circuit breaker while the fault lasted: one for each router and endpoint. */
function openings({ events, phases }: RunRecord): RunEvent[] {
  const opened = events.filter((event) => event.kind === "breaker-opened" && isWithin(phases.during, event));
  return [...Map.groupBy(opened, breakerOf).values()].map(([first]) => first as RunEvent);
}

const breakerOf = ({ part, detail }: RunEvent) => `${part} ${detail}`;

/** How many calls had to fail for a breaker to open. */
export function failuresToOpen(atMost: number): Tolerance {
  return {
    ...{ what: "failures in a row until a breaker opened", unit: "count", atLeast: 1, atMost },
    measure: (run) => Math.max(...openings(run).map(({ failures = Number.NaN }) => failures)),
  };
}

/** How long an answer takes that holds an error, once every breaker is open. */
export function failingFast(of: readonly OperationName[], percent: number, atMost: number): Tolerance {
  return {
    ...{ what: `latency once the breakers are open, ${percent} % of: ${of.join(", ")}`, unit: "ms", atMost },
    measure(run) {
      const allOpenAt = Math.max(...openings(run).map(({ at }) => at));
      const late = run.samples.filter(({ operation, at }) => {
        return of.includes(operation) && at >= allOpenAt && at < run.phases.during.to;
      });
      return percentile(
        late.map(({ ms }) => ms),
        percent,
      );
    },
  };
}

/** From the end of the fault until each breaker that had opened was closed. */
export function breakersClosed(atMost: number): Tolerance {
  return {
    ...{ what: "from the fault's end until every breaker is closed", unit: "ms", atMost },
    measure(run) {
      const { events, phases } = run;
      const closings = openings(run).map((opened) => {
        const last = events.findLast(
          (event) => event.kind.startsWith("breaker-") && breakerOf(event) === breakerOf(opened),
        );
        return last?.kind === "breaker-closed" ? last.at - phases.after.from : Number.POSITIVE_INFINITY;
      });
      return closings.length === 0 ? Number.NaN : Math.max(0, ...closings);
    },
  };
}
