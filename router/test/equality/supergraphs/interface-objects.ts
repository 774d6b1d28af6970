import type { Subgraphs } from "../supergraph.ts";

/**
 * `@key` on an interface, and `@interfaceObject`: plans with rewrites, and `__typename`s that are asked for again. No field of
 * an interface object has `@requires`: asked for in a fragment on one of its implementations, it keeps the query planner
 * (2.14.4) busy until the memory is full.
 */
export const interfaceObjects: Subgraphs = {
  accounts: `
    type Query { accounts: [Account!]!  account(id: ID!): Account  admin: Admin }
    interface Account @key(fields: "id") { id: ID!  name: String  limits: Limits }
    type Admin implements Account @key(fields: "id") { id: ID!  name: String  limits: Limits  rights: [String!]! }
    type Guest implements Account @key(fields: "id") { id: ID!  name: String  limits: Limits  host: Admin }
    type Limits { most: Int!  soft: Boolean }`,
  posts: `
    type Query { posts: [Post!]  author: Account }
    type Account @key(fields: "id") @interfaceObject { id: ID!  posts(first: Int): [Post!]  karma: Int! }
    type Post @key(fields: "id") { id: ID!  text: String!  by: Account  replies: [Post] }`,
  billing: `
    type Query { debtors: [Account!] }
    type Account @key(fields: "id") @interfaceObject { id: ID!  balance(currency: String = "EUR"): Float  invoice: String }
    type Post @key(fields: "id") { id: ID!  text: String! @external  fee: Float @requires(fields: "text") }`,
};
