import type { FetchNode } from "@apollo/query-planner";
import type { GraphQLSchema } from "graphql";
import type { RouterContext } from "../graphql/context.ts";
import { isRecord } from "../is-record.ts";
import type { SubgraphResponse } from "../subgraphs/call.ts";
import type { SubgraphDataSource } from "../subgraphs/data-source.ts";
import { Departure, departForShape } from "./departure.ts";
import { type Json, mergeInto } from "./merge.ts";
import { NotCompiled } from "./not-compiled.ts";
import { compileRepresentations, type IsOfType, type Represented } from "./representations.ts";

/** One execution of an operation. */
export interface Run {
  readonly context: RouterContext;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What was fetched so far, merged. */
  data: Json | undefined;
  /** The gateway has gone on: what is still under way here must not ask for more. */
  isOver: boolean;
}

export interface PlanSurroundings {
  readonly dataSource: (subgraph: string) => SubgraphDataSource | undefined;
  readonly isOfType: IsOfType;
  /** What clients see of the supergraph. */
  readonly schema: GraphQLSchema;
}

/** Fetches root fields, and merges them into the data of a run. */
export type FetchRoots = (run: Run) => Promise<void>;
/** Fetches more of entities that are in the data of a run. */
export type FetchEntities = (run: Run, entities: readonly Json[]) => Promise<void> | undefined;

export function compileRootFetch(node: FetchNode, surroundings: PlanSurroundings): FetchRoots {
  const dataSource = dataSourceOf(node, surroundings);
  const isMutation = node.operationKind === "mutation";
  const body = compileBody(node);
  return async (run) => {
    const response = await dataSource.send({ body: body(run.variables), isMutation }, run.context);
    const data = dataOf(response);
    if (run.data) mergeInto(run.data, data);
    else run.data = data;
  };
}

/** Entities of the same representation are asked for once. */
export function compileEntityFetch(node: FetchNode, surroundings: PlanSurroundings): FetchEntities {
  const dataSource = dataSourceOf(node, surroundings);
  const represent = compileRepresentations(node.requires ?? [], surroundings.isOfType);
  const body = compileBody(node);
  const { schema } = surroundings;
  return (run, entities) => {
    const byText = represent(entities);
    return byText.size > 0 ? fetchEntities(run, byText) : undefined;
  };

  async function fetchEntities(run: Run, byText: Represented) {
    const texts = [...byText.keys()];
    const request = { body: body(run.variables, texts), isMutation: false };
    const response = await dataSource.send(request, run.context);
    const { _entities: found } = dataOf(response);
    if (!Array.isArray(found) || found.length !== texts.length) return departForShape();
    const sharing = [...byText.values()];
    const typeNames = sharing.map(([entity]) => String(entity?.__typename));
    dataSource.remember(
      { query: node.operation, variables: run.variables, typeNames, texts },
      response,
      run.context,
      schema,
    );
    for (const [index, entity] of found.entries()) {
      if (entity === null) continue;
      if (!isRecord(entity)) return departForShape();
      for (const [position, one] of (sharing[index] as readonly Json[]).entries())
        mergeInto(one, position === 0 ? entity : ownCopy(entity));
    }
  }
}

/** What is alike now may differ later: what one fetch adds to an object in one must not show in the other. */
const ownCopy = (entity: Json): Json =>
  Object.values(entity).some((value) => typeof value === "object" && value !== null) ? structuredClone(entity) : entity;

function dataSourceOf(
  { serviceName, inputRewrites, outputRewrites, contextRewrites }: FetchNode,
  { dataSource }: PlanSurroundings,
) {
  if ([inputRewrites, outputRewrites, contextRewrites].some((rewrites) => rewrites?.length))
    throw new NotCompiled("rewrites");
  const source = dataSource(serviceName);
  if (!source) throw new NotCompiled("plan");
  return source;
}

/** A function that writes the body of a fetch, as JSON.stringify would. */
function compileBody({ operation, variableUsages = [] }: FetchNode) {
  const head = `{"query":${JSON.stringify(operation)},"variables":{`;
  const names = variableUsages.map((name) => [name, `${JSON.stringify(name)}:`] as const);
  return (variables: Run["variables"], representations?: readonly string[]): string => {
    let text = head;
    let hasOne = false;
    const add = (part: string) => {
      text += hasOne ? `,${part}` : part;
      hasOne = true;
    };
    for (const [name, before] of names)
      if (Object.hasOwn(variables, name) && variables[name] !== undefined)
        add(before + JSON.stringify(variables[name]));
    if (representations) add(`"representations":[${representations.join()}]`);
    return `${text}}}`;
  };
}

function dataOf({ data, errors }: SubgraphResponse): Json {
  if (errors || !data) throw new Departure("errors");
  return data;
}
