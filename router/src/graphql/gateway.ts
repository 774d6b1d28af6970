import { ApolloGateway, type GatewayConfig, type SupergraphManager } from "@apollo/gateway";
import type { GatewayExecutor } from "@apollo/server-gateway-interface";
import type { Log } from "@tareas/service-kit/log";
import type { CompiledExecution } from "../execution/compiled-execution.ts";
import type { SubgraphDataSource } from "../subgraphs/data-source.ts";
import { withStaleNotes } from "../subgraphs/stale/stale-notes.ts";
import type { Subgraphs } from "../subgraphs/subgraphs.ts";
import type { RouterContext } from "./context.ts";
import { placeErrors } from "./place-errors.ts";

type Planned = Parameters<NonNullable<GatewayConfig["experimental_didResolveQueryPlan"]>>[0];

/**
 * Apollo's gateway on our supergraph and our way to the subgraphs, with errors put at the right paths. Compiled execution
 * learns of each operation that it plans.
 */
export class RouterGateway extends ApolloGateway {
  readonly #execution: CompiledExecution;

  constructor(
    supergraph: SupergraphManager,
    subgraphs: Pick<Subgraphs, "dataSource">,
    execution: CompiledExecution,
    log: Log,
  ) {
    process.env.APOLLO_TELEMETRY_DISABLED = "true"; // the gateway reports to its maker otherwise, and has no option for it
    super({
      supergraphSdl: supergraph,
      buildService: subgraphs.dataSource,
      validateSupergraph: true,
      __exposeQueryPlanExperimental: false, // its header would show anyone how operations are split
      experimental_didResolveQueryPlan: (planned) => this.#learn(planned),
      logger: quiet(log),
    });
    this.#execution = execution;
  }

  override async load(options?: Parameters<ApolloGateway["load"]>[0]) {
    this.onSchemaLoadOrUpdate(({ coreSupergraphSdl, apiSchema }) =>
      this.#execution.begin(coreSupergraphSdl, apiSchema),
    );
    const { schema, executor } = await super.load(options);
    const placing: GatewayExecutor = async (requestContext) => {
      const { stale } = requestContext.context as RouterContext;
      return withStaleNotes(placeErrors(await executor(requestContext)), stale);
    };
    return { schema, executor: placing };
  }

  #learn({ queryPlan: plan, serviceMap, operationContext, requestContext }: Planned): void {
    const { source, document, request } = requestContext;
    if (source === undefined || document === undefined) return;
    const { operation, schema } = operationContext;
    const dataSource = (name: string) => serviceMap[name] as SubgraphDataSource | undefined;
    const planned = { document, operation, plan, schema, dataSource };
    this.#execution.learn({ query: source, operationName: request.operationName ?? "" }, planned);
  }
}

/** The gateway tells of each load at level info, which the supergraph file's own line says better. */
const quiet = (log: Log) => ({
  debug: (message?: string) => log.debug(message),
  info: (message?: string) => log.debug(message),
  warn: (message?: string) => log.warn(message),
  error: (message?: string) => log.error(message),
});
