import { type DocumentNode, execute, type GraphQLFieldResolver, type GraphQLTypeResolver, parse } from "graphql";
import { hashOf, Random } from "../random.ts";
import type { SubgraphModel } from "./subgraph-model.ts";
import { identities, type Known, objectType, valueFor } from "./values.ts";

export type Json = Record<string, unknown>;

interface Execution {
  readonly model: SubgraphModel;
  readonly seed: number;
}

/**
 * What a subgraph answers to a fetch, executed by graphql-js. Values depend on the seed, the object and the field alone: what
 * several subgraphs know of an object is the same in each.
 */
export function executeFetch(body: string, { model, seed }: Execution): Json {
  const { query, variables } = JSON.parse(body) as { query: string; variables: Json };
  const { schema } = model;
  const execution: Execution = { model, seed };
  const result = execute({
    schema,
    document: parsed(query),
    rootValue: { __typename: "", identity: 0 } satisfies Known,
    contextValue: execution,
    variableValues: variables,
    fieldResolver,
    typeResolver,
  });
  return JSON.parse(JSON.stringify(result)) as Json;
}

const documents = new Map<string, DocumentNode>();

function parsed(query: string): DocumentNode {
  const document = documents.get(query) ?? parse(query, { noLocation: true });
  if (documents.size >= 1_000) documents.clear();
  documents.set(query, document);
  return document;
}

const fieldResolver: GraphQLFieldResolver<Known, Execution> = (source, args, { model, seed }, info) => {
  const { parentType, fieldName, returnType, schema } = info;
  const { identity, given } = source;
  const isKey = model.isKey(parentType.name, fieldName);
  const salt = model.isRequiring(parentType.name, fieldName) ? JSON.stringify(given) : "";
  const random = new Random(seed, parentType.name, identity, fieldName, JSON.stringify(args), salt);
  return valueFor(returnType, { schema, random, keyOf: isKey ? identity : undefined });
};

const typeResolver: GraphQLTypeResolver<Known, Execution> = ({ __typename }) => __typename;

/** Lets a subgraph know entities by their representations. */
export function resolveEntities(model: SubgraphModel): void {
  const { schema } = model;
  const field = schema.getQueryType()?.getFields()._entities;
  if (!field) return;
  field.resolve = (_, { representations }) => representations.map((one: Json) => entityOf(one));
  const entityOf = (given: Json): Known => {
    const typeName = String(given.__typename);
    const identity =
      identityOf(given, (name) => model.isKey(typeName, name)) ?? hashOf(JSON.stringify(given)) % identities;
    return { __typename: objectType(schema, typeName, identity), identity, given };
  };
}

/** The first number in the fields of a representation that are of a key: it is in each of them. */
function identityOf(given: Json, isKey: (name: string) => boolean): number | undefined {
  const key = Object.entries(given).filter(([name]) => isKey(name));
  const digits = /\d+/.exec(JSON.stringify(key.map(([, value]) => value)))?.[0];
  return digits === undefined ? undefined : Number(digits);
}
