import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";

// A subgraph as others write them: its schema and its data come from the command line.
const [sdl = "", data = "{}"] = process.argv.slice(2);
const values = JSON.parse(data) as Record<string, Record<string, unknown>>;
const entity = { Product: { __resolveReference: (reference: object) => ({ ...reference, ...values.Product }) } };
const resolvers = {
  ...(sdl.includes("type Query") && {
    Query: Object.fromEntries(Object.keys(values).map((name) => [name, () => values[name]])),
  }),
  ...(sdl.includes("type Product") && entity),
};
const server = new ApolloServer({
  schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]),
});
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: "127.0.0.1" } });
console.log(url);
