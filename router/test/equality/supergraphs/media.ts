import type { Subgraphs } from "../supergraph.ts";

/** Interfaces of entities, interfaces of interfaces, unions that overlap, and lists of each. */
export const media: Subgraphs = {
  catalogue: `
    type Query { items(first: Int): [Item!]  item(id: ID!): Item  titled: [Titled]  shelf: Shelf!  any: Thing  things: [Thing!]! }
    interface Titled { title: String }
    interface Item implements Titled { id: ID!  title: String  creator: Person }
    type Book implements Item & Titled @key(fields: "id") { id: ID!  title: String  creator: Person  pages: Int!  chapters: [Chapter!]! }
    type Film implements Item & Titled @key(fields: "id") { id: ID!  title: String  creator: Person  minutes: Int  based: Book  cast: [Person!] }
    type Song implements Item & Titled @key(fields: "id") { id: ID!  title: String  creator: Person  bpm: Float  versions: [Song] }
    type Chapter implements Titled { title: String  number: Int!  notes: [[Note!]] }
    type Note { text: String!  about: Item }
    type Person @key(fields: "id") { id: ID! }
    type Shelf { name: String!  best: Item  all: [Item]!  grid: [[Item!]!] }
    union Thing = Book | Song | Chapter | Person`,
  ratings: `
    type Query { rated: [Rateable!]!  top: Rateable }
    interface Rateable { id: ID!  score(scale: Int = 10): Float  critics: [Critic!] }
    type Book implements Rateable @key(fields: "id") { id: ID!  score(scale: Int = 10): Float  critics: [Critic!]  award: Award }
    type Film implements Rateable @key(fields: "id") { id: ID!  score(scale: Int = 10): Float  critics: [Critic!]  award: Award }
    type Critic @key(fields: "id") { id: ID!  favourite: Rateable  person: Person! }
    type Award { name: String!  year: Int  winner: Winner }
    type Person @key(fields: "id") { id: ID!  awards: [Award!] }
    union Winner = Book | Film | Person`,
  persons: `
    type Query { person(id: ID!): Person  named(prefix: String): [Named] }
    interface Named { name: String! }
    type Person implements Named @key(fields: "id") { id: ID!  name: String!  friends: [Person!]  works: [Work] }
    type Critic implements Named @key(fields: "id") { id: ID!  name: String! }
    union Work = Book | Film | Song
    type Book @key(fields: "id") { id: ID!  translators: [Person!] }
    type Film @key(fields: "id") { id: ID!  stunts: [Person] }
    type Song @key(fields: "id") { id: ID!  lyrics: String }`,
};
