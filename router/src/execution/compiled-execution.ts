import { isAbstractType, possibleRuntimeTypes, type Schema, Supergraph } from "@apollo/federation-internals";
import { KnownCost } from "@tareas/service-kit/graphql/limits/known-cost";
import type { Log } from "@tareas/service-kit/log";
import { currentScope } from "@tareas/service-kit/request-scope";
import type { GraphQLSchema } from "graphql";
import type { RouterContext } from "../graphql/context.ts";
import { CallCancelled } from "../subgraphs/call.ts";
import { CompiledOperation, type PlannedOperation } from "./compile-operation.ts";
import { Departure } from "./departure.ts";
import type { ExecutionObserver } from "./execution-metrics.ts";
import type { PlanSurroundings } from "./fetches.ts";
import { KnownOperations } from "./known-operations.ts";
import { NotCompiled } from "./not-compiled.ts";

/** An answer for nobody. */
const unread = "{}";

type Variables = Readonly<Record<string, unknown>>;

/** A GraphQL request, as it came. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName: string;
  readonly variables: Variables;
}

type Planned = Omit<PlannedOperation, "apiSchema"> & Pick<PlanSurroundings, "dataSource">;

interface Known {
  readonly planned: Planned;
  /** Null for one that is left to the gateway; undefined until it is asked for again. */
  compiled?: Compiled | null;
}

interface Compiled {
  readonly operation: CompiledOperation;
  readonly cost: KnownCost;
}

interface CompiledExecutionOptions {
  /** How many objects an operation may return at most. */
  readonly costLimit: number;
  readonly observe: ExecutionObserver;
  readonly log: Log;
}

/**
 * Executes operations that Apollo's gateway has executed before, by functions that are compiled from its plan. Whatever is
 * out of the ordinary is the gateway's: errors above all.
 */
export class CompiledExecution {
  readonly #options: CompiledExecutionOptions;
  readonly #known = new KnownOperations<Known>();
  #served: Served | undefined;

  constructor(options: CompiledExecutionOptions) {
    this.#options = options;
  }

  /** A new supergraph is served: nothing that is known holds any more. `schema` is what clients see of it. */
  begin(supergraphSdl: string, schema: GraphQLSchema): void {
    this.#known.clear();
    this.#served = new Served(supergraphSdl, schema);
  }

  /** The gateway executes this operation: it is valid, and has a plan. */
  learn({ query, operationName }: Pick<OperationRequest, "query" | "operationName">, planned: Planned): void {
    if (planned.schema !== this.#served?.schema || this.#known.get(query, operationName)) return;
    this.#known.set(query, operationName, { planned });
  }

  /** What is compiled of an operation; undefined, as for none, when it is the gateway's, and counts as such. */
  find(request: OperationRequest | undefined): CompiledOperation | undefined {
    const found = request && this.#findValid(request);
    if (!found) this.#options.observe.executed("gateway");
    return found;
  }

  /** One whose variables are surely valid and within the limits. */
  #findValid({ query, operationName, variables }: OperationRequest): CompiledOperation | undefined {
    const known = this.#known.get(query, operationName);
    if (known && known.compiled === undefined) known.compiled = this.#compile(known);
    const { operation, cost } = known?.compiled ?? {};
    return operation?.areValid(variables) && !cost?.isExceeded(variables) ? operation : undefined;
  }

  /** The answer as JSON text, of whatever kind when its client has gone; undefined when the gateway has to go on. */
  async execute(
    operation: CompiledOperation,
    variables: Variables,
    context: RouterContext,
  ): Promise<string | undefined> {
    const scope = currentScope();
    if (scope) {
      scope.operationName = operation.name;
      scope.operation = operation.words;
    }
    try {
      const data = await operation.execute(variables, context);
      this.#options.observe.executed("compiled");
      return `{"data":${data}}`;
    } catch (error) {
      if (error instanceof CallCancelled && operation.isQuery) {
        this.#options.observe.executed("compiled");
        return unread;
      }
      context.mutationFetches.clear(); // the gateway begins anew, with what is recorded
      this.#options.observe.executed(wayOf(error));
      return undefined;
    }
  }

  #compile({ planned }: Known): Compiled | null {
    const { isOfType, apiSchema } = this.#served as Served;
    try {
      const operation = new CompiledOperation({ ...planned, apiSchema }, { ...planned, isOfType });
      return { operation, cost: new KnownCost(planned, this.#options.costLimit) };
    } catch (error) {
      this.#options.log.debug({ err: error }, "an operation is not compiled");
      return null;
    }
  }
}

/** A call that failed is the gateway's too; it gets the same failure. */
function wayOf(error: unknown) {
  if (error instanceof Departure && error.reason === "shape") return "departed_shape";
  return error instanceof NotCompiled ? "gateway" : "departed_errors";
}

/** A supergraph, as the gateway itself sees it; it is read when the first operation is compiled. */
class Served {
  readonly schema: GraphQLSchema;
  readonly #sdl: string;
  #supergraph: Supergraph | undefined;

  constructor(sdl: string, schema: GraphQLSchema) {
    this.#sdl = sdl;
    this.schema = schema;
  }

  get apiSchema(): Schema {
    return this.#whole.apiSchema();
  }

  readonly isOfType: PlanSurroundings["isOfType"] = (typeName, condition) => {
    if (typeName === condition) return true;
    const type = this.#whole.schema.type(condition);
    return (
      type !== undefined && isAbstractType(type) && possibleRuntimeTypes(type).some(({ name }) => name === typeName)
    );
  };

  get #whole(): Supergraph {
    this.#supergraph ??= Supergraph.build(this.#sdl);
    return this.#supergraph;
  }
}
