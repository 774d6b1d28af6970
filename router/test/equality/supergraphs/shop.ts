import type { Subgraphs } from "../supergraph.ts";

/** Several keys of an entity, `@requires` of plain, nested and computed fields, `@provides`, a union over subgraphs. */
export const shop: Subgraphs = {
  products: `
    type Query {
      product(id: ID!): Product
      products(first: Int = 3, category: Category, ids: [ID!]): [Product!]!
      featured: [Product]
      search(text: String!, filter: ProductFilter): [Found]
    }
    type Product @key(fields: "id") @key(fields: "sku") @key(fields: "upc { code }") {
      id: ID!  sku: String!  upc: Upc!  name(language: Language = EN): String!  price: Float  weight: Int!
      size: Size!  category: Category!  parts: [Product!]  related(first: Int): [Product]!  maker: Maker
    }
    type Upc { code: String!  issuer: String @shareable }
    type Size { width: Float!  height: Float!  unit: Unit }
    type Maker @key(fields: "id") { id: ID!  name: String!  products: [Product!]! }
    enum Category { FOOD TOYS BOOKS }
    enum Language { EN ES DE }
    enum Unit { MM CM INCH }
    input ProductFilter { category: Category  minPrice: Float = 1.5  names: [String!]  size: SizeFilter }
    input SizeFilter { unit: Unit! = MM  max: Int  and: [SizeFilter!] }
    union Found = Product | Maker`,
  inventory: `
    type Query { warehouses: [Warehouse!]  stocked: Product }
    type Product @key(fields: "id") {
      id: ID!  weight: Int! @external  price: Float @external  size: Size! @external
      inStock: Boolean!  quantity: Int
      shippingCost(express: Boolean = false): Float @requires(fields: "weight price")
      parcel: Parcel @requires(fields: "size { width height }")
    }
    type Size @external { width: Float!  height: Float! }
    type Parcel { label: String!  count: Int!  warehouse: Warehouse }
    type Warehouse @key(fields: "id") { id: ID!  city: String  products: [Product!]! }`,
  reviews: `
    type Query { reviews(first: Int): [Review!]  latest: Review  anything: [Rated!] }
    type Mutation { addReview(productId: ID!, input: ReviewInput!): ReviewPayload!  removeReview(id: ID!): Boolean }
    input ReviewInput { stars: Int! = 5  body: String  tags: [[String!]!] }
    type ReviewPayload { review: Review  product: Product }
    type Review @key(fields: "id") { id: ID!  stars: Int!  body: String  author: Author @provides(fields: "name")  product: Product }
    type Product @key(fields: "sku") { sku: String!  reviews(first: Int = 2): [Review!]!  rating: Float }
    type Maker @key(fields: "id") { id: ID!  rating: Float }
    type Author @key(fields: "id") { id: ID!  name: String @external  reviews: [Review] }
    union Rated = Product | Maker | Review`,
  people: `
    type Query { author(id: ID!): Author  viewer: Author }
    type Mutation { rename(id: ID!, name: String!): Author }
    type Author @key(fields: "id") { id: ID!  name: String @shareable  born: Int  badge: String @requires(fields: "loved")  loved: String @external }
    type Warehouse @key(fields: "id") { id: ID!  keeper: Author }`,
  taste: `
    type Author @key(fields: "id") { id: ID!  loved: String  likes: [Product!] }
    type Product @key(fields: "upc { code }") { upc: Upc!  fans: [Author!]  isLoved: Boolean }
    type Upc { code: String! @shareable }`,
};
