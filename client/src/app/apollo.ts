import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import { session } from "./session.ts";

declare module "@apollo/client" {
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface WatchQuery {
        errorPolicy: "all";
      }
      interface Query {
        errorPolicy: "all";
      }
    }
  }
}

export const apollo = new ApolloClient({
  link: new HttpLink({ uri: "/graphql", fetch: (input, init) => session.fetch(input, init) }),
  cache: new InMemoryCache({
    typePolicies: {
      Query: { fields: { tasks: relayStylePagination(["filter", "orderBy"]) } },
    },
  }),
  defaultOptions: {
    // Half an answer is better than none: while one subgraph is down, the rest is shown.
    watchQuery: { errorPolicy: "all" },
    query: { errorPolicy: "all" },
  },
});
