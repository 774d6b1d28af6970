import { buildSubgraphSchema } from "@apollo/subgraph";
import { type DocumentNode, execute, type GraphQLSchema, Kind, parse } from "graphql";
import { placeholders } from "./placeholders.ts";
import { synthetic } from "./synthetic.ts";
import { Template } from "./template.ts";

export interface Representation {
  readonly __typename: string;
  readonly id: string;
}

export interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A field of the answer that holds entities, and the variable that says which. */
interface EntitiesField {
  readonly key: string;
  readonly variable: string;
}

interface Operation {
  readonly document: DocumentNode;
  readonly variables: Record<string, unknown>;
  readonly entities: readonly EntitiesField[];
  /** The whole answer, of an operation without entities. */
  readonly whole: Template | undefined;
  /** One entity, by the field and the type. */
  readonly byType: Map<string, Template>;
}

/**
 * The answers of a subgraph. An operation is known by its text: it is executed on synthetic data once, and from then on its
 * answer is that text with ids in the places of placeholders, so that a subgraph costs as little as one can.
 */
export class CannedAnswers {
  readonly #schema: GraphQLSchema;
  readonly #known = new Map<string, Operation>();

  constructor(sdl: string) {
    this.#schema = buildSubgraphSchema([{ typeDefs: parse(sdl) }]);
  }

  /** The body of the answer. Throws when the operation can't be executed without errors. */
  async answer({ query, variables = {} }: Asked, viewer: string): Promise<string> {
    const key = `${query}${shapeOf(variables)}`;
    let operation = this.#known.get(key);
    if (!operation) {
      operation = await this.#learn(query, variables);
      this.#known.set(key, operation);
    }
    if (operation.whole) return operation.whole.fill({ viewer, entity: "" });
    const fields: string[] = [];
    for (const field of operation.entities) {
      const entities: string[] = [];
      for (const { __typename, id } of variables[field.variable] as readonly Representation[]) {
        const name = nameOf(field, __typename);
        const template = operation.byType.get(name) ?? (await this.#learnEntity(operation, field, __typename));
        entities.push(template.fill({ viewer, entity: id }));
      }
      fields.push(`"${field.key}":[${entities.join(",")}]`);
    }
    return `{"data":{${fields.join(",")}}}`;
  }

  async #learn(query: string, variables: Record<string, unknown>): Promise<Operation> {
    const document = parse(query);
    const entities = entitiesOf(document);
    const isWhole = entities.length === 0;
    const whole = isWhole ? new Template(JSON.stringify(await this.#execute(document, variables))) : undefined;
    return { document, variables, entities, whole, byType: new Map() };
  }

  async #learnEntity(operation: Operation, field: EntitiesField, type: string): Promise<Template> {
    const { document, variables, entities, byType } = operation;
    const one = [{ __typename: type, id: placeholders.entity } satisfies Representation];
    const given = Object.fromEntries(entities.map(({ variable }) => [variable, one]));
    const { data } = await this.#execute(document, { ...variables, ...given });
    const template = new Template(JSON.stringify((data[field.key] as unknown[])[0]));
    byType.set(nameOf(field, type), template);
    return template;
  }

  async #execute(
    document: DocumentNode,
    variableValues: Record<string, unknown>,
  ): Promise<{ data: Record<string, unknown> }> {
    const result = await execute({ schema: this.#schema, document, variableValues, fieldResolver: synthetic });
    if (result.errors || !result.data) throw new Error(`a subgraph can't answer: ${JSON.stringify(result.errors)}`);
    return { data: result.data };
  }
}

const nameOf = ({ key }: EntitiesField, type: string) => `${key} ${type}`;

/** The variables on which the shape of an answer may depend: page sizes and conditions, not ids and cursors. */
function shapeOf(variables: Readonly<Record<string, unknown>>): string {
  let shape = "";
  for (const name in variables) {
    const value = variables[name];
    if (typeof value === "number" || typeof value === "boolean") shape += ` ${name}=${value}`;
  }
  return shape;
}

/** Several in one operation have aliases. */
function entitiesOf(document: DocumentNode): EntitiesField[] {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operations.flatMap(({ selectionSet }) =>
    selectionSet.selections.flatMap((selection) => {
      if (selection.kind !== Kind.FIELD || selection.name.value !== "_entities") return [];
      const value = selection.arguments?.[0]?.value;
      if (value?.kind !== Kind.VARIABLE) throw new Error("the representations are not in a variable");
      return [{ key: (selection.alias ?? selection.name).value, variable: value.name.value }];
    }),
  );
}
