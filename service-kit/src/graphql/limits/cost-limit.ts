import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError } from "graphql";
import { exceedsCost } from "./cost.ts";
import { tooComplex } from "./document-limits.ts";
import type { Limits } from "./limits.ts";

const http = { status: 400 };

/** The limit that also depends on variables: it is checked once the operation is known to be valid. */
export function costLimit({ cost }: Limits): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request }) {
          if (!operation || !exceedsCost({ schema, document, operation, variables: request.variables ?? {} }, cost))
            return;
          const { message, originalError } = tooComplex(
            `The operation could return too many objects: at most ${cost} are allowed. Ask for smaller pages.`,
          );
          throw new GraphQLError(message, { originalError: originalError ?? null, extensions: { http } });
        },
      };
    },
  };
}
