import type { Subgraphs } from "../supergraph.ts";

/** Entities that lead through many subgraphs one after the other, with fields of one name at several places. */
export const chains: Subgraphs = {
  a: `
    type Query { a(id: ID): A  as(first: Int): [A!] }
    type A @key(fields: "id") { id: ID!  name: String  b: B  bs: [B!]  v: Value @shareable }
    type B @key(fields: "id") { id: ID! }
    type Value @shareable { n: Int  s: String  inner: Value }`,
  b: `
    type Query { b: B }
    type B @key(fields: "id") { id: ID!  name: String  c: C!  cs: [C]  v: Value @shareable }
    type A @key(fields: "id") { id: ID!  v: Value @shareable  depth: Int }
    type C @key(fields: "id") { id: ID! }
    type Value @shareable { n: Int  s: String  f: Float  inner: Value }`,
  c: `
    type Query { c: [C!]! }
    type C @key(fields: "id") { id: ID!  name: String!  a: A  as: [A!]!  depth: Int @external  sum: Int @requires(fields: "depth") }
    type A @key(fields: "id") { id: ID!  depth: Int @external  v: Value @external  total: Float @requires(fields: "depth v { n s }") }
    type Value @external { n: Int  s: String }`,
  d: `
    type C @key(fields: "id") { id: ID!  depth: Int  loop: A! }
    type A @key(fields: "id") { id: ID!  loop: B  total: Float @external  half: Float @requires(fields: "total") }
    type B @key(fields: "id") { id: ID!  loop: [C!] }`,
};
