import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Access, AccessRules } from "@tareas/service-kit/graphql/access";
import { buildASTSchema, type GraphQLObjectType, parse } from "graphql";
import { expect, test } from "vitest";
import { rootFields } from "./support/root-fields.ts";

/** A subgraph's schema with the union by which federation knows entities, as the subgraph itself builds it. */
function build(sdl: string) {
  const entities = [...sdl.matchAll(/type (\w+) @key/g)].map(([, name]) => name);
  return buildASTSchema(parse(`${sdl}\nunion _Entity = ${entities.join(" | ")}`), { assumeValidSDL: true });
}

const schemaOf = (subgraph: string) =>
  build(readFileSync(join(import.meta.dirname, `../subgraphs/${subgraph}/schema.graphql`), "utf8"));

/** What each field of these types takes, by the schema of a subgraph. */
function declaredAccess(subgraph: string, typeNames: readonly string[]): [string, Access][] {
  const schema = schemaOf(subgraph);
  const rules = new AccessRules(schema);
  return typeNames.flatMap((name) => {
    const type = schema.getType(name) as GraphQLObjectType;
    return Object.values(type.getFields()).map((field): [string, Access] => [
      `${name}.${field.name}`,
      rules.ofField(type, field),
    ]);
  });
}

const scope = (name: string) => ({ scope: name });

test("every root field declares a scope, or stands in the list of those for sign-ins alone", () => {
  const declared = ["users", "tasks"].flatMap((subgraph) => declaredAccess(subgraph, ["Query", "Mutation"]));
  const expected = Object.entries(rootFields).map(([name, { scope }]) => [
    name,
    scope === null ? "session" : { scope },
  ]);
  expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(expected));
});

test("of a user, any API token may have what is public, and no more", () => {
  expect(Object.fromEntries(declaredAccess("users", ["User"]))).toEqual({
    "User.id": "any",
    "User.username": "any",
    "User.displayName": "any",
    "User.createdAt": "any",
    "User.email": scope("account:read"),
  });
  expect(Object.fromEntries(declaredAccess("tasks", ["User"]))).toEqual({
    "User.id": "any",
    "User.tasks": scope("tasks:read"),
  });
});

const withDirective = (sdl: string) => build(`directive @access(scope: String) on FIELD_DEFINITION | OBJECT ${sdl}`);

test("a field that declares nothing is for sign-ins alone, on a root type and on an entity", () => {
  const schema = withDirective(`type Query { a: A }
    type A @key(fields: "id") { id: ID! @access  secret: String  part: Part @access }
    type B @key(fields: "id") @access(scope: "tasks:read") { id: ID!  name: String }
    type Part { name: String }`);
  const rules = new AccessRules(schema);
  const access = (type: string, field: string) => {
    const object = schema.getType(type) as GraphQLObjectType;
    return rules.ofField(object, object.getFields()[field] as never);
  };
  expect(access("Query", "a")).toBe("session");
  expect(access("A", "secret")).toBe("session");
  expect(access("A", "id")).toBe("any");
  expect(access("Part", "name")).toBe("any");
  expect(access("B", "name")).toBe("any");
  expect(rules.ofEntity("A")).toBe("any");
  expect(rules.ofEntity("B")).toEqual(scope("tasks:read"));
});

test("a scope that there is not is a mistake that ends the start", () => {
  const schema = withDirective(
    'type Query { a: Int @access(scope: "task:read") } type A @key(fields: "id") { id: ID! }',
  );
  const query = schema.getQueryType() as GraphQLObjectType;
  expect(() => new AccessRules(schema).ofField(query, query.getFields().a as never)).toThrow("task:read");
});
