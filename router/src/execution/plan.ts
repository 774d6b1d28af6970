import type { PlanNode } from "@apollo/query-planner";
import type { Conditions } from "./conditions.ts";
import { compileEntityFetch, compileRootFetch, type PlanSurroundings, type Run } from "./fetches.ts";
import { NotCompiled } from "./not-compiled.ts";
import { compileReach } from "./reach.ts";

/** A step of a query plan; undefined when there is nothing to wait for. */
type Step = (run: Run) => Promise<unknown> | undefined;

/** Runs a query plan: what it fetches is in the data of the run then. Throws a `Departure` when the gateway has to go on. */
export type RunPlan = Step;

/** Compiles the fetches of a query plan, as its conditions have it, to functions. */
export function compilePlan(
  node: PlanNode | undefined,
  conditions: Conditions,
  surroundings: PlanSurroundings,
): RunPlan {
  if (!node) return () => undefined;
  switch (node.kind) {
    case "Fetch":
      if (node.requires) throw new NotCompiled("plan"); // entities have a place
      return compileRootFetch(node, surroundings);
    case "Flatten":
      return compileFlatten(node.path, node.node, surroundings);
    case "Sequence":
      return sequence(node.nodes.map((one) => compilePlan(one, conditions, surroundings)));
    case "Parallel":
      return parallel(node.nodes.map((one) => compilePlan(one, conditions, surroundings)));
    case "Condition":
      return compilePlan(conditions[node.condition] ? node.ifClause : node.elseClause, conditions, surroundings);
    default:
      throw new NotCompiled("plan");
  }
}

function compileFlatten(path: readonly (string | number)[], node: PlanNode, surroundings: PlanSurroundings): Step {
  if (node.kind !== "Fetch" || !node.requires) throw new NotCompiled("plan");
  const reach = compileReach(path);
  const fetch = compileEntityFetch(node, surroundings);
  return (run) => {
    const entities = run.data ? reach(run.data) : [];
    return entities.length > 0 ? fetch(run, entities) : undefined;
  };
}

function sequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) {
      if (run.isOver) return;
      await step(run);
    }
  };
}

const parallel =
  (steps: readonly Step[]): Step =>
  (run) =>
    Promise.all(steps.map(async (step) => step(run)));
