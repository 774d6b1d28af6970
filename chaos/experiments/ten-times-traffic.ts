import type { Experiment } from "../experiment.ts";
import { goodput, leftWaiting, refusedWithin } from "../tolerances/overload.ts";
import { recovery } from "../tolerances/tolerances.ts";
import { reads } from "./mixes.ts";

const readsOfAll = { tasks: 45, federated: 45, me: 10 };

/** A third of capacity before; so many times that is three times what the product can do. */
export const tenTimesTraffic: Experiment = {
  name: "ten-times-traffic",
  title: "Ten times the traffic, which is three times what the product can do",
  hypothesis: "It does as much as it can, refuses the rest at once, and is itself again as soon as the rush is over.",
  load: { mix: readsOfAll, perSecond: { ofCapacity: 0.3 }, connections: 500 },
  seconds: { before: 5, during: 12, after: 10 },
  env: {
    router: {
      // All servers share two processors here, and a router does a hundred requests a second: its limits are for half a second.
      ADMISSION_MAX_IN_FLIGHT: "64",
      ADMISSION_LEAST_IN_FLIGHT: "16",
      SUBGRAPH_MAX_IN_FLIGHT: "16",
      // Eight people who all ask for the same would be a crowd that is served by one call.
      SUBGRAPH_SHARE_IDENTICAL: "false",
    },
  },
  faults: [{ kind: "traffic", times: 10 }],
  tolerances: [
    goodput(80),
    refusedWithin(99, 100),
    leftWaiting(1),
    recovery({ of: reads, withinMs: 1_000, atMost: 5_000 }),
  ],
  controls: [
    {
      without: "admission control",
      env: {
        router: { ADMISSION_MAX_IN_FLIGHT: "0", ADMISSION_MAX_DELAY_MS: "0" },
        users: { ADMISSION_MAX_IN_FLIGHT: "0", ADMISSION_MAX_DELAY_MS: "0" },
        tasks: { ADMISSION_MAX_IN_FLIGHT: "0", ADMISSION_MAX_DELAY_MS: "0" },
      },
    },
  ],
};
