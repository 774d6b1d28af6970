import type { Subgraphs } from "../supergraph.ts";

/** Fields that moved (`@override`), what clients do not see (`@inaccessible`), and mutations in several subgraphs. */
export const moves: Subgraphs = {
  old: `
    type Query { user(id: ID!): User  users: [User]  event: Event  events: [Event!] }
    type Mutation { addUser(name: String!): User!  touch(id: ID!): Node }
    interface Node { id: ID! }
    type User implements Node @key(fields: "id") { id: ID!  name: String  phone: String @tag(name: "private")  avatar(size: Int = 32): Image  secret: String @inaccessible }
    type Team implements Node @key(fields: "id") { id: ID!  members: [User!] }
    type Ghost implements Node @inaccessible { id: ID!  trace: String }
    type Image @shareable { url: String!  width: Int }
    type Joined { user: User  at: String }
    type Left { user: User  reason: String }
    type Haunted @inaccessible { ghost: Ghost }
    union Event = Joined | Left | Haunted | Team`,
  new: `
    type Query { me: User!  team(id: ID!): Team  nodes(ids: [ID!]!): [Node]! }
    type Mutation { addTeam(input: TeamInput!): Team  join(team: ID!, user: ID!): Team! }
    input TeamInput { name: String!  members: [ID!]! = []  hidden: Int @inaccessible }
    interface Node { id: ID! }
    type User implements Node @key(fields: "id") { id: ID!  avatar(size: Int = 32): Image @override(from: "old")  phone: String @override(from: "old")  team: Team }
    type Team implements Node @key(fields: "id") { id: ID!  name: String!  users: [User]!  lead: User }
    type Image @shareable { url: String!  width: Int  alt: String }`,
  third: `
    type Query { audit: [Entry!] }
    type Mutation { note(text: String): Entry }
    type Entry @key(fields: "id") { id: ID!  subject: Subject  secret: String @inaccessible }
    union Subject = User | Team
    type User @key(fields: "id") { id: ID!  secret: String @external  seal: String @requires(fields: "secret") }
    type Team @key(fields: "id") { id: ID!  entries: [Entry!]! }`,
};
