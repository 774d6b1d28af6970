import {
  defaultFieldResolver,
  type FieldDefinitionNode,
  type GraphQLDirective,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getDirectiveValues,
  isUnionType,
  type ObjectTypeDefinitionNode,
} from "graphql";
import { scopes } from "../auth/scopes.ts";
import type { Viewer } from "../auth/viewer.ts";
import { Forbidden } from "../errors.ts";
import { fieldsOf } from "./schema-fields.ts";

/** Who may have a thing: sign-ins alone, any API token too, or one with this scope. */
export type Access = "session" | "any" | { readonly scope: string };

type ViewerContext = { readonly viewer: Viewer };

const entitiesField = "_entities";

/**
 * What the schema says by `@access` of API tokens. What is not declared is for sign-ins alone: root fields, and fields
 * of an entity type, which other subgraphs lead to. An entity type may declare itself instead; that is then what asking
 * for one by its key takes. Fields of other types are reached through these and need no more unless they say so.
 */
export class AccessRules {
  readonly #schema: GraphQLSchema;
  readonly #directive: GraphQLDirective | null | undefined;
  readonly #closed: ReadonlySet<GraphQLObjectType>;
  readonly #entities: readonly GraphQLObjectType[];

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
    this.#directive = schema.getDirective("access");
    const entity = schema.getType("_Entity");
    this.#entities = isUnionType(entity) ? entity.getTypes() : [];
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const undeclared = this.#entities.filter((type) => this.#declared(type) === undefined);
    this.#closed = new Set([...roots.filter((type) => type != null), ...undeclared]);
  }

  ofField(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): Access {
    if (type === this.#schema.getQueryType() && field.name === entitiesField) return "any"; // see ofEntity
    return this.#declared(field) ?? (this.#closed.has(type) ? "session" : "any");
  }

  /** What asking for an entity by its key takes; the fields of an undeclared one speak for themselves. */
  ofEntity(typeName: unknown): Access {
    const type = this.#entities.find(({ name }) => name === typeName);
    return (type && this.#declared(type)) ?? "any";
  }

  /** Throws when a scope is written that there is not: a token for it could never be had. */
  #declared({ astNode, name }: { astNode?: DeclaringNode | null | undefined; name: string }): Access | undefined {
    const values = this.#directive && astNode && getDirectiveValues(this.#directive, astNode);
    if (!values) return undefined;
    const { scope } = values as { scope?: string | null };
    if (scope == null) return "any";
    if (!scopes.some((known) => known === scope)) throw new TypeError(`${name}: there is no scope ${scope}`);
    return { scope };
  }
}

type DeclaringNode = FieldDefinitionNode | ObjectTypeDefinitionNode;

/** Throws `Forbidden` when the viewer's token is an API token that may not have `what`. A sign-in may have everything. */
export function checkAccess(viewer: Viewer, access: Access, what: string): void {
  if (!viewer.isScoped || access === "any") return;
  if (access === "session") throw new Forbidden(`${what} is not for API tokens: it takes a sign-in.`);
  if (!viewer.may(access.scope)) throw new Forbidden(`${what} takes an API token with the scope ${access.scope}.`);
}

/** Makes the fields of a subgraph's schema hold to its access rules. */
export function enforceAccess(schema: GraphQLSchema, rules = new AccessRules(schema)): GraphQLSchema {
  for (const { type, field } of fieldsOf(schema)) {
    const access = rules.ofField(type, field);
    if (access !== "any") guard(field, (viewer) => checkAccess(viewer, access, `${type.name}.${field.name}`));
  }
  const entities = schema.getQueryType()?.getFields()[entitiesField];
  if (entities)
    guard(entities, (viewer, { representations }) => {
      for (const { __typename } of representations as { __typename?: unknown }[])
        checkAccess(viewer, rules.ofEntity(__typename), String(__typename));
    });
  return schema;
}

function guard(
  field: GraphQLField<unknown, unknown>,
  check: (viewer: Viewer, args: Record<string, unknown>) => void,
): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    check((context as ViewerContext).viewer, args);
    return resolve(source, args, context, info);
  };
}
