import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError } from "graphql";

const extensions = { code: "OPERATION_RESOLUTION_FAILURE", http: { status: 400 } };

/** Refuses a request that names no operation of its document, on which the gateway fails as if the fault were ours. */
export const operationKnown: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, request: { operationName } }) {
        if (operation) return;
        const message = operationName
          ? `Unknown operation named "${operationName}".`
          : "Must provide operation name if query contains multiple operations.";
        throw new GraphQLError(message, { extensions });
      },
    };
  },
};
