import type { OperationVariables } from "@apollo/client";
import { useApolloClient } from "@apollo/client/react";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import type { DocumentNode } from "graphql";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText, fieldText } from "../../shared/ui/error-text.ts";
import { type Refusal, refusalOf } from "./refusal.ts";

type QueryName = "ApiTokens" | "SecurityEvents" | "Sessions";

/**
 * A change of the account. Nothing of it gets into the cache, which is kept on disk: secrets pass here. `touches` are the
 * queries on the page that it makes out of date.
 */
export function useChange<Data, Variables extends object>(
  mutation: TypedDocumentNode<Data, Variables>,
  touches: readonly QueryName[] = [],
) {
  const { t } = useTranslation();
  const apollo = useApolloClient();
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();

  /** What the server answered; undefined when it did not do it: `problem` and `problemOf` say why. */
  const change = async (variables: Variables): Promise<Data | undefined> => {
    setIsBusy(true);
    setRefusal(undefined);
    try {
      const { data } = await apollo.mutate({
        mutation: mutation as DocumentNode,
        variables: variables as OperationVariables,
        fetchPolicy: "no-cache",
      });
      if (touches.length > 0) void apollo.refetchQueries({ include: [...touches] });
      return data as Data;
    } catch (error) {
      setRefusal(refusalOf(error));
      return undefined;
    } finally {
      setIsBusy(false);
    }
  };

  /** What to say at a field; a wrong password is said at that of the current one. */
  const problemOf = (path: string): string | undefined => {
    if (path === "currentPassword" && refusal?.code === "INVALID_CREDENTIALS")
      return t(($) => $.settings.wrongPassword);
    const field = refusal?.fields.find((one) => one.path === path);
    return field && fieldText(t, field.code);
  };
  const isToldAtField = refusal?.code === "INVALID_CREDENTIALS" || (refusal?.fields.length ?? 0) > 0;
  const problem = refusal && !isToldAtField ? errorText(t, refusal) : undefined;
  return { change, isBusy, problem, problemOf };
}
