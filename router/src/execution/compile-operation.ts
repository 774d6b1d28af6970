import { type Operation, operationFromDocument, type Schema } from "@apollo/federation-internals";
import type { PlanNode, QueryPlan } from "@apollo/query-planner";
import { inWords } from "@tareas/service-kit/graphql/note-operation";
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import type { RouterContext } from "../graphql/context.ts";
import { compileAnswer, type ShapeAnswer } from "./answer.ts";
import { type Conditions, conditionVariables } from "./conditions.ts";
import type { PlanSurroundings, Run } from "./fetches.ts";
import { NotCompiled } from "./not-compiled.ts";
import { compilePlan, type RunPlan } from "./plan.ts";
import { type AreValid, compileVariables } from "./variables.ts";

type Variables = Readonly<Record<string, unknown>>;

/** An operation that the gateway has executed: it is valid, within its limits, and planned. */
export interface PlannedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly plan: QueryPlan;
  /** What clients see of the supergraph, for graphql-js. */
  readonly schema: GraphQLSchema;
  /** The same, for Apollo's gateway. */
  readonly apiSchema: Schema;
}

/** The functions for one set of values of the variables that conditions look at. */
interface Form {
  readonly runPlan: RunPlan;
  readonly shape: ShapeAnswer;
}

/** An operation, compiled to functions when each is first needed. */
export class CompiledOperation {
  readonly name: string | undefined;
  /** "query tasks". */
  readonly words: string;
  readonly areValid: AreValid;
  readonly #apiSchema: Schema;
  readonly #plan: PlanNode | undefined;
  readonly #surroundings: PlanSurroundings;
  readonly #conditions: readonly string[];
  readonly #normal: Operation;
  readonly #defaults: Variables;
  readonly #forms = new Map<string, Form>();

  /** Throws `NotCompiled` for what is left to the gateway. */
  constructor(planned: PlannedOperation, surroundings: PlanSurroundings) {
    const { document, operation, plan, schema, apiSchema } = planned;
    if (plan.node?.kind === "Subscription") throw new NotCompiled("plan");
    this.#plan = plan.node;
    this.#apiSchema = apiSchema;
    this.#surroundings = surroundings;
    this.name = operation.name?.value;
    this.words = inWords(operation);
    this.areValid = compileVariables(operation, schema);
    this.#conditions = conditionVariables(document, plan.node);
    const options = { validate: false, ...(this.name !== undefined && { operationName: this.name }) };
    this.#normal = operationFromDocument(apiSchema, document, options);
    this.#defaults = this.#normal.collectDefaultedVariableValues();
  }

  /** Whether nothing is lost when it is broken off: mutations go on though nobody waits for them. */
  get isQuery(): boolean {
    return this.#normal.rootKind === "query";
  }

  /** The `data` of the answer, as JSON text. Throws a `Departure` when the gateway has to go on, `NotCompiled` when it has to do all. */
  async execute(variables: Variables, context: RouterContext): Promise<string> {
    const { runPlan, shape } = this.#formFor(variables);
    const run: Run = { variables, context, data: undefined, isOver: false };
    try {
      await runPlan(run);
      return JSON.stringify(shape(run.data ?? {}));
    } finally {
      run.isOver = true;
    }
  }

  #formFor(variables: Variables): Form {
    let key = "";
    for (const name of this.#conditions) {
      const value = variables[name] === undefined ? this.#defaults[name] : variables[name];
      if (typeof value !== "boolean") throw new NotCompiled("conditions");
      key += value ? "1" : "0";
    }
    const known = this.#forms.get(key) ?? this.#compile(key);
    this.#forms.set(key, known);
    return known;
  }

  #compile(key: string): Form {
    const conditions: Conditions = Object.fromEntries(
      this.#conditions.map((name, index) => [name, key[index] === "1"]),
    );
    const type = this.#apiSchema.schemaDefinition.rootType(this.#normal.rootKind);
    if (!type) throw new NotCompiled("plan");
    return {
      runPlan: compilePlan(this.#plan, conditions, this.#surroundings),
      shape: compileAnswer(this.#normal.selectionSet, type, conditions),
    };
  }
}
