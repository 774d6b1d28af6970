import { createHash } from "node:crypto";
import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from "@apollo/gateway";
import { type ServiceTokens, serviceTokenHeader } from "@tareas/service-kit/auth/service-token";
import { CodedError, SubgraphUnavailable } from "@tareas/service-kit/errors";
import { idempotencyKeyHeader } from "@tareas/service-kit/idempotency-key";
import type { Log } from "@tareas/service-kit/log";
import type { GraphQLSchema } from "graphql";
import type { RouterContext } from "../graphql/context.ts";
import { isSessionCookie } from "../graphql/session-cookie.ts";
import { CallCancelled, type CallSubgraph, type SubgraphRequest, type SubgraphResponse } from "./call.ts";
import { uncancelled } from "./cancellation.ts";
import { toCodedError } from "./coded-error.ts";
import { DistinctEntities } from "./distinct-entities.ts";
import { FetchPlaces } from "./fetch-places.ts";
import { PlannedFetch } from "./planned-fetch.ts";
import { type FetchResult, failWhole, presentResponse } from "./present-response.ts";
import type { Asked, StaleEntities } from "./stale/stale-entities.ts";

interface Surroundings {
  readonly services: ServiceTokens;
  /** The subgraph that holds the sessions: their cookie passes between it and the client, and no other cookie does. */
  readonly sessionSubgraph: string;
  /** What is served when a subgraph can't be reached; null for nothing. */
  readonly stale: StaleEntities | null;
  readonly log: Log;
}

/** Of one fetch. */
interface Circumstances {
  readonly places: FetchPlaces;
  /** Undefined for what the gateway asks on its own account. */
  readonly asked: Asked | undefined;
  readonly context: RouterContext;
}

/** A fetch that is ready to be sent. */
type WrittenFetch = Pick<SubgraphRequest, "body" | "isMutation">;

/** Carries the fetches of query plans to one subgraph. */
export class SubgraphDataSource implements GraphQLDataSource {
  readonly #name: string;
  readonly #call: CallSubgraph;
  readonly #surroundings: Surroundings;

  /** `call` comes with all its protection (see policies.ts). */
  constructor(name: string, call: CallSubgraph, surroundings: Surroundings) {
    this.#name = name;
    this.#call = call;
    this.#surroundings = surroundings;
  }

  /** For Apollo's gateway. It never throws: a failure is part of the result. */
  async process(options: GraphQLDataSourceProcessOptions): ReturnType<GraphQLDataSource["process"]> {
    const context = options.context as RouterContext;
    const fetch = new PlannedFetch(options.request.query ?? "", options.request.variables ?? {});
    const path = "pathInIncomingRequest" in options ? (options.pathInIncomingRequest ?? []) : [];
    const schema = "incomingRequestContext" in options ? options.incomingRequestContext.schema : undefined;
    const places = new FetchPlaces(fetch, context.rootData, path as string[]);
    const asked = schema && { subgraph: this.#name, viewer: context.viewer, schema };
    const result = this.#filled(fetch, await this.#fetch(fetch, { places, asked, context }), {
      places,
      asked,
      context,
    });
    if (path.length === 0 && result.data) context.rootData.push(result.data);
    return result as Awaited<ReturnType<GraphQLDataSource["process"]>>;
  }

  async #fetch(fetch: PlannedFetch, { places, asked, context }: Circumstances): Promise<FetchResult> {
    const where = { subgraph: this.#name, requestId: context.requestId, log: this.#surroundings.log };
    try {
      const entities = fetch.representations && new DistinctEntities(fetch.representations);
      const response = await this.#sendOrReplay(
        { body: fetch.bodyFor(entities), isMutation: fetch.isMutation },
        context,
      );
      const { query, variables } = fetch;
      if (asked && entities) this.#surroundings.stale?.remember({ query, variables, ...entities }, response, asked);
      return presentResponse(fetch, entities ? entities.spread(response) : response, {
        subgraph: this.#name,
        positionOf: places.positionOf,
        toCodedError: (error) => toCodedError(error, where),
      });
    } catch (error) {
      return failWhole(fetch, codedOf(error, where), places.positionOf);
    }
  }

  /** For compiled execution: what a fetch is answered. Throws what the call throws. */
  send(fetch: WrittenFetch, context: RouterContext): Promise<SubgraphResponse> {
    const request = this.#request(fetch, context);
    const response = this.#call(request, cancellationOf(fetch, context));
    context.recorded.add(request, response);
    return this.#received(response, context);
  }

  /** For compiled execution: keeps what a fetch of entities was answered, for when they can't be had. */
  remember(
    fetch: Parameters<StaleEntities["remember"]>[0],
    response: SubgraphResponse,
    { viewer }: RouterContext,
    schema: GraphQLSchema,
  ): void {
    this.#surroundings.stale?.remember(fetch, response, { subgraph: this.#name, viewer, schema });
  }

  /** For the gateway: it gets what compiled execution has asked before. */
  #sendOrReplay(fetch: WrittenFetch, context: RouterContext): Promise<SubgraphResponse> {
    const request = this.#request(fetch, context);
    const replayed = context.recorded.replay(request);
    return replayed ?? this.#received(this.#call(request, cancellationOf(fetch, context)), context);
  }

  async #received(call: Promise<SubgraphResponse>, { setCookie }: RouterContext): Promise<SubgraphResponse> {
    const response = await call;
    if (this.#holdsSessions) response.setCookies?.filter(isSessionCookie).forEach(setCookie);
    return response;
  }

  /** A result with what was seen lately in place of what could not be had, if the answer can tell. */
  #filled(fetch: PlannedFetch, result: FetchResult, { places, asked, context }: Circumstances): FetchResult {
    const { stale } = this.#surroundings;
    if (!stale || !asked || !context.stale || !fetch.representations || !result.errors) return result;
    const { result: whole, notes } = stale.fill(fetch, result, { ...asked, places });
    context.stale.push(...notes);
    return whole;
  }

  get #holdsSessions(): boolean {
    return this.#name === this.#surroundings.sessionSubgraph;
  }

  #request({ body, isMutation }: WrittenFetch, context: RouterContext): SubgraphRequest {
    const key = isMutation ? this.#idempotencyKey(context) : null;
    return {
      subgraph: this.#name,
      isMutation,
      deadline: context.deadline,
      body,
      headers: {
        ...context.forwarded,
        "x-request-id": context.requestId,
        [serviceTokenHeader]: this.#surroundings.services.issue(this.#name),
        ...(this.#holdsSessions && context.sessionCookie && { cookie: context.sessionCookie }),
        ...(key && { [idempotencyKeyHeader]: key }),
      },
    };
  }

  /**
   * One request may be several mutation fetches to a subgraph, and each needs a key of its own. Those behind the first
   * have a hash, which is no longer than a key may be, and which no client would choose.
   */
  #idempotencyKey({ idempotencyKey, mutationFetches }: RouterContext): string | null {
    if (idempotencyKey === null) return null;
    const count = (mutationFetches.get(this.#name) ?? 0) + 1;
    mutationFetches.set(this.#name, count);
    if (count === 1) return idempotencyKey;
    return createHash("sha256").update(`${idempotencyKey}\n${count}`).digest("base64url");
  }
}

/**
 * What ends a fetch before its time. A mutation goes on when the client has gone: it may be done already, and it is not for
 * us to make a half-known outcome of it.
 */
const cancellationOf = ({ isMutation }: WrittenFetch, { clientLeft }: RouterContext) =>
  isMutation ? uncancelled : clientLeft;

function codedOf(error: unknown, where: Parameters<typeof toCodedError>[1]): CodedError {
  if (error instanceof CodedError) return error;
  if (error instanceof CallCancelled) return new SubgraphUnavailable(where.subgraph); // nobody reads it
  return toCodedError({ message: String(error) }, where);
}
