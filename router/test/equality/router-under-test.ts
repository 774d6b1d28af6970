import { setImmediate as nextTurn } from "node:timers/promises";
import { ApolloServer } from "@apollo/server";
import { ServiceTokens } from "@tareas/service-kit/auth/service-token";
import { Viewer } from "@tareas/service-kit/auth/viewer";
import { createFormatError } from "@tareas/service-kit/graphql/format-error";
import { subgraphLimits } from "@tareas/service-kit/graphql/limits/limits";
import { surfaceOptions } from "@tareas/service-kit/graphql/surface";
import { createLog } from "@tareas/service-kit/log";
import { type GraphQLSchema, getNullableType, isLeafType, isObjectType } from "graphql";
import { CompiledExecution } from "../../src/execution/compiled-execution.ts";
import type { Way } from "../../src/execution/execution-metrics.ts";
import type { RouterContext } from "../../src/graphql/context.ts";
import { RouterGateway } from "../../src/graphql/gateway.ts";
import { operationKnown } from "../../src/graphql/operation-known.ts";
import { retryAfter } from "../../src/graphql/retry-after.ts";
import type { CallSubgraph } from "../../src/subgraphs/call.ts";
import { uncancelled } from "../../src/subgraphs/cancellation.ts";
import { SubgraphDataSource } from "../../src/subgraphs/data-source.ts";
import { RecordedCalls } from "../../src/subgraphs/recorded-calls.ts";
import { StaleEntities } from "../../src/subgraphs/stale/stale-entities.ts";
import { answering, type Health } from "./answers/answering.ts";
import { resolveEntities } from "./answers/execute-fetch.ts";
import { SubgraphModel } from "./answers/subgraph-model.ts";
import type { Case } from "./cases.ts";
import type { TestedSupergraph } from "./supergraph.ts";

const log = createLog("router", "silent");
const staleLimits = { maxEntries: 1_000, maxAgeSeconds: 3_600 };

/** A router without its HTTP server, whose subgraphs answer in process. */
export class RouterUnderTest implements AsyncDisposable {
  readonly name: string;
  readonly execution: CompiledExecution;
  readonly apollo: ApolloServer<RouterContext>;
  readonly #models: ReadonlyMap<string, SubgraphModel>;
  #schema: GraphQLSchema | undefined;
  #answer: ((name: string) => CallSubgraph) | undefined;
  #stale: StaleEntities | null = null;
  #calls: string[] = [];
  #way: Way = "gateway";
  #underWay = 0;

  private constructor({ name, supergraph, subgraphs }: TestedSupergraph, services: ServiceTokens) {
    this.name = name;
    this.#models = new Map(Object.entries(subgraphs).map(([name, sdl]) => [name, new SubgraphModel(name, sdl)]));
    for (const model of this.#models.values()) resolveEntities(model);
    const observe = { executed: (way: Way) => (this.#way = way) };
    this.execution = new CompiledExecution({ costLimit: subgraphLimits.cost, observe, log });
    const gateway = new RouterGateway(
      { initialize: async () => ({ supergraphSdl: supergraph }) },
      { dataSource: ({ name }) => this.#dataSource(name, services) },
      this.execution,
      log,
    );
    gateway.onSchemaLoadOrUpdate(({ apiSchema }) => (this.#schema = apiSchema));
    const given = surfaceOptions({ limits: subgraphLimits, introspection: true });
    this.apollo = new ApolloServer<RouterContext>({
      gateway,
      formatError: createFormatError("router", log, { suggestions: true }),
      ...given,
      plugins: [...given.plugins, operationKnown, retryAfter],
      logger: log as never,
    });
  }

  static async start(supergraph: TestedSupergraph, serviceKeyFile: string): Promise<RouterUnderTest> {
    const services = await ServiceTokens.open("router", { file: serviceKeyFile, create: true });
    const router = new RouterUnderTest(supergraph, services);
    await router.apollo.start();
    return router;
  }

  /** What clients see of the supergraph. */
  get schema(): GraphQLSchema {
    if (!this.#schema) throw new Error("the router has not started");
    return this.#schema;
  }

  /** From here on subgraphs answer as they do in this case, and nothing is known of what was asked before. */
  begin({ seed, servesStale }: Case): void {
    this.#stale = servesStale ? new StaleEntities(this.#staleFields, staleLimits) : null;
    this.become({ seed, health: "mixed" });
  }

  become({ seed, health }: { readonly seed: number; readonly health: Health }): void {
    this.#answer = answering({ models: this.#models, seed, health });
    this.#calls = [];
    this.#way = "gateway";
  }

  createContext({ seed, servesStale }: Case): RouterContext {
    return {
      viewer: Viewer.anonymous,
      requestId: "request",
      idempotencyKey: seed % 2 === 0 ? "key" : null,
      clientLeft: uncancelled,
      deadline: Number.POSITIVE_INFINITY,
      forwarded: {},
      sessionCookie: undefined,
      setCookie: () => {},
      mutationFetches: new Map(),
      rootData: [],
      recorded: new RecordedCalls(),
      stale: servesStale ? [] : null,
    };
  }

  /** What subgraphs were asked since the case began. */
  get calls(): readonly string[] {
    return this.#calls;
  }

  /** The gateway may have given up an operation while calls of it are under way; resolves when none is any more. */
  async settled(): Promise<void> {
    do await nextTurn();
    while (this.#underWay > 0);
  }

  /** How the last operation was executed. */
  get way(): Way {
    return this.#way;
  }

  #dataSource(name: string, services: ServiceTokens): SubgraphDataSource {
    const call: CallSubgraph = async (request, signal) => {
      const { body, isMutation, headers } = request;
      this.#calls.push(JSON.stringify([name, body, isMutation, headers["idempotency-key"]]));
      if (!this.#answer) throw new Error("no case has begun");
      this.#underWay += 1;
      try {
        return await this.#answer(name)(request, signal);
      } finally {
        this.#underWay -= 1;
      }
    };
    const stale = () => this.#stale;
    const surroundings = {
      ...{ services, sessionSubgraph: "users", log },
      get stale() {
        return stale();
      },
    };
    return new SubgraphDataSource(name, call, surroundings);
  }

  get #staleFields(): readonly string[] {
    const types = Object.values(this.schema.getTypeMap()).filter(isObjectType);
    return types.flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) =>
        isLeafType(getNullableType(field.type)) ? [`${type.name}.${field.name}`] : [],
      ),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.apollo.stop();
  }
}
