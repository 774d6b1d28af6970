import type { Subgraphs } from "../supergraph.ts";

/** Value types that several subgraphs share, enums of which each knows a part, nulls barred at all levels, odd names. */
export const values: Subgraphs = {
  left: `
    scalar JSON
    type Query { box: Box @shareable  boxes: [Box!]! @shareable  matrix: [[Int!]!]!  cubes: [[[Float]]]  strict: Strict!  lone: Strict  state: State }
    type Box @key(fields: "id") { id: ID!  point: Point @shareable  spot: Spot @shareable  colour: Colour @shareable  spots: [Spot!]! @shareable  tags: [String]!  json: JSON  left: Int  self: Box! }
    type Point @shareable { x: Int!  y: Int!  label: Label }
    type Spot @shareable { x: Int!  y: Float  left: Int  point: Point }
    type Label @shareable { text: String!  weight: Float }
    type Strict { a: [[String!]!]!  b: Strict  c: [Strict!]!  d: Point!  e: [Point!] }
    enum Colour { RED GREEN }
    enum State { ON OFF BROKEN @inaccessible }`,
  right: `
    scalar JSON
    scalar Time
    type Query { box: Box @shareable  boxes: [Box!]! @shareable  point: Point  when: Time  times: [Time!]  states: [State] }
    type Box @key(fields: "id") { id: ID!  point: Point @shareable  spot: Spot @shareable  spots: [Spot!]! @shareable  colour: Colour @shareable  right: [Point!]!  meta: [JSON!]  inner: Inner }
    type Point @shareable { x: Int!  y: Int!  label: Label }
    type Spot @shareable { x: Int!  y: Float  right: String  point: Point }
    type Label @shareable { text: String!  weight: Float }
    type Inner { box: Box  boxes: [Box]  deep: [[Box!]] }
    enum Colour { GREEN BLUE }
    enum State { ON OFF BROKEN @inaccessible }`,
  middle: `
    scalar JSON
    type Query { echo(bool: Boolean, int: Int! = 3, float: Float, string: String = "a\\"b", id: ID, json: JSON, list: [[Int]!], colour: Paint = DARK, input: Everything): String  _odd: Odd }
    type Mutation { first(input: Everything!): Odd  second(n: Int): Box  third: [Point!] }
    type Odd { _: String  type: String!  id: ID  e: Int  t: Boolean  text: JSON }
    type Box @key(fields: "id") { id: ID!  middle(at: PointInput, paints: [Paint!] = [DARK, LIGHT]): Float  odd: Odd! }
    type Point @shareable { x: Int!  y: Int!  label: Label }
    type Label @shareable { text: String!  weight: Float }
    enum Paint { DARK LIGHT }
    input PointInput { x: Int!  y: Int = 0  next: PointInput }
    input Everything { bool: Boolean = true  ints: [Int!]  text: String!  point: PointInput = { x: 1 }  json: JSON  paint: Paint  floats: [[Float]] = [[1, 2.5]] }`,
};
