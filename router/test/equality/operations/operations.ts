import { type GraphQLSchema, parse, validate } from "graphql";
import { Random } from "../random.ts";
import { Selections } from "./selections.ts";
import { Variables } from "./variables.ts";

/** An operation as a client sends it, without values for its variables. */
export interface RandomOperation {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly variables: Variables;
}

const attempts = 6;
const introspection = [
  "__schema { queryType { name } mutationType { name } }",
  '__type(name: "Query") { kind name fields { name } }',
  "s: __schema { types { ...N } }",
];

/** A random operation on a schema; nearly all are valid. */
export function randomOperation(schema: GraphQLSchema, seed: number): RandomOperation {
  let operation = write(schema, new Random(seed, "operation", 0));
  for (let attempt = 1; attempt < attempts && !isValid(schema, operation); attempt += 1)
    operation = write(schema, new Random(seed, "operation", attempt));
  return operation;
}

export const isValid = (schema: GraphQLSchema, { text }: Pick<RandomOperation, "text">): boolean =>
  validate(schema, parse(text), undefined, { maxErrors: 1 }).length === 0;

function write(schema: GraphQLSchema, random: Random): RandomOperation {
  const variables = new Variables(random);
  const selections = new Selections(schema, random, variables);
  const mutation = schema.getMutationType();
  const isMutation = mutation != null && random.chance(12);
  const type = isMutation ? mutation : schema.getQueryType();
  if (!type) throw new TypeError("a schema has a query type");
  const set = selections.root(type, 1 + random.below(4));
  const introspects = random.chance(2) ? random.pick(introspection) : "";
  const named = introspects.includes("...N") ? " fragment N on __Type { kind name }" : "";
  const name = random.chance(60) ? "Op" : "";
  const kind = isMutation ? "mutation" : "query";
  const header = variables.declarations || name || isMutation ? `${kind} ${name}${variables.declarations} ` : "";
  const one = `${header}${set.replace(/ \}$/, `${introspects && ` ${introspects}`} }`)}${selections.definitions}${named}`;
  if (!name) return { text: one, operationName: undefined, variables };
  const isOneOfTwo = random.chance(8);
  const text = isOneOfTwo ? `query Other { __typename } ${one}` : one;
  return { text, operationName: isOneOfTwo || random.chance(50) ? name : undefined, variables };
}
