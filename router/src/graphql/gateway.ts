import { ApolloGateway, type SupergraphManager } from "@apollo/gateway";
import type { GatewayExecutor } from "@apollo/server-gateway-interface";
import type { Log } from "@tareas/service-kit/log";
import { withStaleNotes } from "../subgraphs/stale/stale-notes.ts";
import type { Subgraphs } from "../subgraphs/subgraphs.ts";
import type { RouterContext } from "./context.ts";
import { placeErrors } from "./place-errors.ts";

/** Apollo's gateway on our supergraph and our way to the subgraphs, with errors put at the right paths. */
export class RouterGateway extends ApolloGateway {
  constructor(supergraph: SupergraphManager, subgraphs: Subgraphs, log: Log) {
    process.env.APOLLO_TELEMETRY_DISABLED = "true"; // the gateway reports to its maker otherwise, and has no option for it
    super({
      supergraphSdl: supergraph,
      buildService: subgraphs.dataSource,
      validateSupergraph: true,
      __exposeQueryPlanExperimental: false, // its header would show anyone how operations are split
      logger: quiet(log),
    });
  }

  override async load(options?: Parameters<ApolloGateway["load"]>[0]) {
    const { schema, executor } = await super.load(options);
    const placing: GatewayExecutor = async (requestContext) => {
      const { stale } = requestContext.context as RouterContext;
      return withStaleNotes(placeErrors(await executor(requestContext)), stale);
    };
    return { schema, executor: placing };
  }
}

/** The gateway tells of each load at level info, which the supergraph file's own line says better. */
const quiet = (log: Log) => ({
  debug: (message?: string) => log.debug(message),
  info: (message?: string) => log.debug(message),
  warn: (message?: string) => log.warn(message),
  error: (message?: string) => log.error(message),
});
