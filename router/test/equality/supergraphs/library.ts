import type { Subgraphs } from "../supergraph.ts";

/** Compound and nested keys, `@requires` of what is itself required, and entities within lists of lists. */
export const library: Subgraphs = {
  places: `
    type Query { branch(code: String!, city: ID!): Branch  branches: [Branch!]!  map: [[Branch]!]! }
    type Branch @key(fields: "code city { id }") { code: String!  city: City!  opens: String  rooms: [Room!]! }
    type City @key(fields: "id") { id: ID!  name: String!  mayor: Reader }
    type Room @key(fields: "branch { code city { id } } number") { branch: Branch!  number: Int!  seats: Int }
    type Reader @key(fields: "card { id }") { card: Card! }
    type Card @key(fields: "id") { id: ID! }`,
  readers: `
    type Query { reader(card: ID!): Reader  readers(first: Int!): [Reader]! }
    type Reader @key(fields: "card { id }") @key(fields: "email") { card: Card!  email: String!  name: String  age: Int!  home: Branch }
    type Card @key(fields: "id") { id: ID!  since: Int!  level: Level }
    type Branch @key(fields: "code city { id }") { code: String!  city: City!  readers: [Reader!] }
    type City @key(fields: "id") { id: ID! }
    enum Level { RED GOLD }`,
  loans: `
    type Query { overdue: [Loan!] }
    type Mutation { lend(card: ID!, copies: [CopyInput!]!): [Loan!]!  bringBack(loan: ID!): Loan }
    input CopyInput { book: ID!  number: Int = 1 }
    type Loan @key(fields: "id") { id: ID!  copy: Copy!  reader: Reader!  fee: Float }
    type Copy @key(fields: "book number") { book: ID!  number: Int!  room: Room }
    type Reader @key(fields: "email") {
      email: String!  age: Int! @external  name: String @external  loans: [Loan]!
      discount: Float @requires(fields: "age")  greeting: String! @requires(fields: "name age")
    }
    type Room @key(fields: "branch { code city { id } } number") { branch: Branch!  number: Int!  copies: [[Copy!]!] }
    type Branch @key(fields: "code city { id }") { code: String!  city: City! }
    type City @key(fields: "id") { id: ID! }`,
  offers: `
    type Copy @key(fields: "book number") { book: ID!  number: Int!  condition: String }
    type Reader @key(fields: "email") { email: String!  discount: Float @external  offer: String @requires(fields: "discount")  friends: [[Reader]] }
    type Card @key(fields: "id") { id: ID!  level: Level @external  colour: String @requires(fields: "level") }
    enum Level { RED GOLD }`,
};
