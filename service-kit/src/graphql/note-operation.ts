import type { ApolloServerPlugin } from "@apollo/server";
import { Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";
import { httpStatusOf, isErrorCode } from "../errors.ts";
import { currentScope } from "../request-scope.ts";

/** Whether a code tells of what went wrong on our side: the client may send the same again. */
const isOwnFault = (code: unknown) => isErrorCode(code) && httpStatusOf[code] >= 500;

/** Notes what an operation is called and does, and how it went, for the request's log line, span and metrics. */
export const noteOperation: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, operationName }) {
        const scope = currentScope();
        if (!scope) return;
        scope.operationName = operationName ?? undefined;
        if (operation) scope.operation = inWords(operation);
      },
      async willSendResponse({ response: { body } }) {
        const scope = currentScope();
        if (!scope || body.kind !== "single" || !body.singleResult.errors?.length) return;
        const isOurs = body.singleResult.errors.some(({ extensions }) => isOwnFault(extensions?.code));
        scope.fault = isOurs ? "server" : "client";
      },
    };
  },
};

/** "query tasks": by its first field, so that there are no more of them than the schema has. */
export const inWords = ({ operation, selectionSet }: OperationDefinitionNode) =>
  `${operation} ${firstField(selectionSet) ?? "…"}`;

function firstField({ selections: [first] }: SelectionSetNode): string | undefined {
  if (first?.kind === Kind.INLINE_FRAGMENT) return firstField(first.selectionSet);
  return first?.kind === Kind.FIELD ? first.name.value : undefined;
}
