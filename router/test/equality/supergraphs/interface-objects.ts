import type { Subgraphs } from "../supergraph.ts";

/** `@key` on an interface, and `@interfaceObject`: plans with rewrites, and `__typename`s that are asked for again. */
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
    type Account @key(fields: "id") @interfaceObject {
      id: ID!  name: String @external  balance(currency: String = "EUR"): Float  invoice: String @requires(fields: "name")
    }
    type Post @key(fields: "id") { id: ID!  fee: Float }`,
};
