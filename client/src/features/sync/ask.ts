import type { ApolloClient } from "@apollo/client";
import type { DocumentNode } from "graphql";

/**
 * Asks the server, and puts what it answers into the cache. Returns why the answer did not come, or not whole; undefined
 * if it did. (With a fetch policy that writes into the cache Apollo Client also reads back what it then has: of a long
 * list every page, for every page.)
 */
export async function ask(apollo: ApolloClient, query: DocumentNode, variables: object): Promise<unknown> {
  try {
    const { data, error } = await apollo.query({ query, variables: variables as never, fetchPolicy: "no-cache" });
    if (data) apollo.cache.writeQuery({ query, variables: variables as never, data: data as never });
    return error;
  } catch (failure) {
    return failure;
  }
}
