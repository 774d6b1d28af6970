import type { Spread } from "../router/figures.ts";
import { type Verdict, withSpread } from "../router/verdict.ts";
import { failuresOf, ratioOf, select, sizesOf, workloadsOf } from "./figures.ts";
import type { Turn } from "./turn.ts";

const mostGrowth = 1.3;
const leastPerCore = 0.4;
const mostP50 = 3;

/** Holds what the product did against what is wanted of it. A figure with failures is met by nobody. */
export function verdictsOf(turns: readonly Turn[]): Verdict[] {
  return [
    ...workloadsOf(turns).flatMap((workload) => growthVerdicts(select(turns, { workload }))),
    ...sizesOf(turns).flatMap((size) => expressVerdicts(select(turns, { workload: "list", size }))),
  ];
}

/** Of the turns of one workload: what the largest account costs beside the smallest. */
function growthVerdicts(turns: readonly Turn[]): Verdict[] {
  const ours = select(turns, { service: "product" });
  const [least, most] = [sizesOf(ours)[0], sizesOf(ours).at(-1)];
  if (least === undefined || most === undefined || least === most) return [];
  const figure = `${ours[0]?.workload}, time at ${most} tasks against that at ${least}`;
  return [
    verdictOf(figure, ratioOf(ours, "p50Ms", { size: most }, { size: least }), { most: mostGrowth, turns: ours }),
  ];
}

function expressVerdicts(turns: readonly Turn[]): Verdict[] {
  const [first] = turns;
  if (!first) return [];
  const against = (figure: "perCoreSecond" | "p50Ms") =>
    ratioOf(turns, figure, { service: "product" }, { service: "express" });
  const name = `${first.workload} of ${first.size} tasks against express`;
  return [
    verdictOf(`${name}, answers per core`, against("perCoreSecond"), { least: leastPerCore, turns }),
    verdictOf(`${name}, p50`, against("p50Ms"), { most: mostP50, turns }),
  ];
}

interface Bounds {
  readonly least?: number;
  readonly most?: number;
  readonly turns: readonly Turn[];
}

function verdictOf(figure: string, ratio: Spread | undefined, { least, most, turns }: Bounds): Verdict {
  const wanted = least === undefined ? `at most ${most} ×` : `at least ${least} ×`;
  const failures = failuresOf(turns);
  if (failures > 0) return { figure, wanted, got: `void: ${failures} requests failed`, isMet: false };
  if (!ratio) return { figure, wanted, got: "not measured", isMet: undefined };
  const isMet = ratio.median >= (least ?? 0) && ratio.median <= (most ?? Number.POSITIVE_INFINITY);
  return { figure, wanted, got: withSpread(ratio), isMet };
}
