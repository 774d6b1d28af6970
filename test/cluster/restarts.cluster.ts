import { describe, expect, inject, test } from "vitest";
import { writes } from "../../chaos/experiments/mixes.ts";
import type { RunRecord } from "../../chaos/lab/run-record.ts";
import { longestGap } from "../../chaos/tolerances/tolerances.ts";
import { kubectl } from "./support/kubectl.ts";
import { type Part, type ProductPod, parts, podsOf, primaryPod, replaced, restart } from "./support/pods.ts";
import { failed, inWords, type Seen, underLoad } from "./support/under-load.ts";

const url = inject("url");
const nothing = { lost: [], doubled: [], unexpected: [], crossed: [] };

/** Says what was seen, whatever comes of it: these figures are why somebody runs it. */
function told(what: string, seen: Seen): Seen {
  console.log(`test:k8s: ${what}: ${inWords(seen)}`);
  return seen;
}

const remove = ({ name, namespace }: ProductPod, ...how: string[]) =>
  kubectl(["delete", "pod", name, "--namespace", namespace, ...how], { timeoutMs: 120_000 });

async function aPodOf(part: Part): Promise<ProductPod> {
  const primary = part === "mongodb" ? (await primaryPod()).uid : undefined; // that is a test of its own
  const [pod] = (await podsOf(part)).filter(({ uid }) => uid !== primary);
  if (!pod) throw new Error(`there is no pod of ${part}`);
  return pod;
}

describe("under load no request fails", () => {
  test.for(parts)("when a pod of %s is deleted", async (part) => {
    const seen = await underLoad(url, async () => {
      const { length } = await podsOf(part);
      const pod = await aPodOf(part);
      await remove(pod);
      await replaced(part, [pod], length);
    });
    told(`a pod of ${part} deleted`, seen);
    expect(failed(seen)).toEqual([]);
    expect(seen.findings).toEqual(nothing);
  });

  test("when everything is updated, pod by pod", async () => {
    const seen = await underLoad(url, () => restart(parts));
    told("a rolling update of everything", seen);
    expect(failed(seen)).toEqual([]);
    expect(seen.findings).toEqual(nothing);
  });
});

describe("no acknowledged write is lost, and writes go on within 15 s", () => {
  const gap = longestGap({ of: writes, atMost: 15_000 });

  test.for<[string, string[]]>([
    ["when the pod of MongoDB's primary is deleted", []],
    ["when it is given one second to end", ["--now"]],
  ])("%s", async ([what, how]) => {
    const { length } = await podsOf("mongodb");
    const seen = await underLoad(url, async () => {
      const primary = await primaryPod();
      await remove(primary, ...how);
      await replaced("mongodb", [primary], length);
    });
    const longestGapMs = gap.measure(seen as RunRecord);
    told(`${what}: no write for ${Math.round(longestGapMs)} ms`, seen);
    expect(seen.findings).toEqual(nothing);
    expect(seen.writes).toMatchObject({ unknown: 0, refused: 0 });
    expect(longestGapMs).toBeLessThan(15_000);
  });
});
