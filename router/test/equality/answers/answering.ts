import { SubgraphTimeout, SubgraphUnavailable } from "@tareas/service-kit/errors";
import type { CallSubgraph } from "../../../src/subgraphs/call.ts";
import { parseResponse } from "../../../src/subgraphs/parse-response.ts";
import { Random } from "../random.ts";
import { executeFetch } from "./execute-fetch.ts";
import { addFaults, oddNumbers } from "./faults.ts";
import type { SubgraphModel } from "./subgraph-model.ts";

/** How well subgraphs are: in health they make no fault, when out of reach they mostly don't answer. */
export type Health = "healthy" | "mixed" | "unreachable";

interface Answering {
  readonly models: ReadonlyMap<string, SubgraphModel>;
  readonly seed: number;
  readonly health: Health;
}

/**
 * Subgraphs that answer in process. What is answered depends on the seed and the fetch alone, not on what was asked
 * before: the same question has the same answer.
 */
export function answering({ models, seed, health }: Answering): (name: string) => CallSubgraph {
  const texts = new Map<string, string | Error>();
  return (name) => {
    const model = models.get(name) as SubgraphModel;
    return async ({ body }) => {
      const asked = `${name}\n${body}`;
      const text = texts.get(asked) ?? answerOf(body, { model, seed, health });
      texts.set(asked, text);
      const parsed = typeof text === "string" ? parseResponse(text) : undefined;
      if (typeof text !== "string") throw text;
      if (!parsed) throw new SubgraphUnavailable(name);
      return { ...parsed, text };
    };
  };
}

function answerOf(body: string, { model, seed, health }: Omit<Answering, "models"> & { model: SubgraphModel }) {
  const random = new Random(seed, model.name, body, "faults");
  if (random.chance(unreachablePercent(health, seed))) {
    const Failure = random.chance(50) ? SubgraphUnavailable : SubgraphTimeout;
    return new Failure(model.name);
  }
  const response = executeFetch(body, { model, seed });
  addFaults(response, random, faultsOf(health, seed, random));
  return JSON.stringify(response).replace(/"(#[-\w]+)"/g, (text, odd: string) => oddNumbers[odd] ?? text);
}

/** Five cases of ten have no faults, three have few, two have many. */
const roughness = (seed: number) => new Random(seed, "roughness").below(10);

function unreachablePercent(health: Health, seed: number): number {
  if (health === "unreachable") return 60;
  return health === "healthy" || roughness(seed) < 5 ? 0 : 3;
}

function faultsOf(health: Health, seed: number, random: Random): number {
  if (health === "healthy" || roughness(seed) < 5) return 0;
  if (roughness(seed) >= 8) return random.below(4);
  return random.chance(30) ? 1 : 0;
}
