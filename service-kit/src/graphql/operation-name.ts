import type { ApolloServerPlugin } from "@apollo/server";
import { currentScope } from "../request-scope.ts";

/** Notes the operation's name for the request's log line. */
export const noteOperationName: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operationName }) {
        const scope = currentScope();
        if (scope) scope.operationName = operationName ?? undefined;
      },
    };
  },
};
