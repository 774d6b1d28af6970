import type { Experiment } from "../experiment.ts";
import { observed } from "../tolerances/tolerances.ts";
import { everyday } from "./mixes.ts";

const none = { unit: "count", atMost: 0 } as const;

export const spoofedIdentity: Experiment = {
  name: "spoofed-identity",
  title: "A subgraph called directly with a spoofed identity",
  hypothesis:
    "Who speaks to a subgraph past the router is who their access token says and nobody else, whatever headers, service tokens or representations they send; not even the router is shown what is another's.",
  load: { mix: everyday, perSecond: 20 },
  seconds: { before: 3, during: 8, after: 3 },
  faults: [],
  probe: "spoofed-identity",
  tolerances: [
    observed("attempts", { unit: "count", atLeast: 600 }),
    observed("attempts without an answer of GraphQL", none),
    observed("answers that held what is another's", none),
    observed("writes done for another", none),
    observed("sign-ins from an address of one's own choice", none),
  ],
  controls: [{ without: "the secrecy of the token", probe: "spoofed-identity-with-stolen-token" }],
};
