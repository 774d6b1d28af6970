import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { of, switchMap, tap } from "rxjs";
import { taskIds, taskPages } from "./task-pages.ts";

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

interface ApolloOptions {
  readonly fetch: typeof globalThis.fetch;
  /** How many writes are done by now. */
  readonly doneWrites: () => number;
  /** An answer is about to be in the cache. */
  readonly onAnswer: () => void;
  /** A server says that the session has ended. */
  readonly onUnauthenticated: () => void;
}

/** Apollo Client for one person, with an empty cache. */
export function createApollo({ fetch, doneWrites, onAnswer, onUnauthenticated }: ApolloOptions): ApolloClient {
  return new ApolloClient({
    link: ApolloLink.from([
      current(doneWrites),
      told(onAnswer, onUnauthenticated),
      new HttpLink({ uri: "/graphql", fetch }),
    ]),
    cache: new InMemoryCache({
      typePolicies: { Query: { fields: { tasks: taskPages() } }, TaskConnection: { fields: { ids: taskIds() } } },
    }),
    defaultOptions: {
      // Half an answer is better than none: while one subgraph is down, the rest is shown.
      watchQuery: { errorPolicy: "all" },
      query: { errorPolicy: "all" },
    },
  });
}

/** What was asked before a write was done may not know of it: it is asked again. */
const current = (doneWrites: () => number) =>
  new ApolloLink((operation, forward) => {
    const mostAttempts = 4;
    const attempt = (count: number): ReturnType<typeof forward> => {
      const before = doneWrites();
      return forward(operation).pipe(
        switchMap((result) => (doneWrites() === before || count === mostAttempts ? of(result) : attempt(count + 1))),
      );
    };
    return operation.operationType === "query" ? attempt(1) : forward(operation);
  });

const told = (onAnswer: () => void, onUnauthenticated: () => void) =>
  new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      tap((result) => {
        onAnswer();
        const errors = "errors" in result ? (result.errors ?? []) : [];
        if (errors.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED")) onUnauthenticated();
      }),
    ),
  );
