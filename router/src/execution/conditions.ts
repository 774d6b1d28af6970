import type { DirectiveTargetElement } from "@apollo/federation-internals";
import type { PlanNode } from "@apollo/query-planner";
import { type DocumentNode, Kind, visit } from "graphql";
import { NotCompiled } from "./not-compiled.ts";

/** The values of the variables that `@skip`, `@include` and the conditions of a plan look at. */
export type Conditions = Readonly<Record<string, boolean>>;

/** With more of these an operation has too many forms. */
const mostConditions = 6;

/** The names of these variables. Throws `NotCompiled` when there are many. */
export function conditionVariables(document: DocumentNode, plan: PlanNode | undefined): readonly string[] {
  const names = new Set(plan ? ofPlan(plan) : []);
  visit(document, {
    Directive(node) {
      const value = node.arguments?.[0]?.value;
      if ((node.name.value === "skip" || node.name.value === "include") && value?.kind === Kind.VARIABLE)
        names.add(value.name.value);
    },
  });
  if (names.size > mostConditions) throw new NotCompiled("conditions");
  return [...names];
}

function ofPlan(node: PlanNode): string[] {
  switch (node.kind) {
    case "Sequence":
    case "Parallel":
      return node.nodes.flatMap(ofPlan);
    case "Flatten":
      return ofPlan(node.node);
    case "Condition":
      return [node.condition, ...[node.ifClause, node.elseClause].flatMap((clause) => (clause ? ofPlan(clause) : []))];
    default:
      return [];
  }
}

/** Whether `@skip` or `@include` leave an element out. */
export function isSkipped(element: DirectiveTargetElement<never>, conditions: Conditions): boolean {
  if (element.appliedDirectives.length === 0) return false;
  const holds = (name: string) => {
    const condition: unknown = element.appliedDirectivesOf(name)[0]?.arguments().if;
    if (condition === undefined || typeof condition === "boolean") return condition;
    return conditions[(condition as { readonly name: string }).name];
  };
  return holds("skip") === true || holds("include") === false;
}
