import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { useApolloClient } from "@apollo/client/react";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import type { DocumentNode } from "graphql";
import { useCallback, useEffect, useRef, useState } from "react";
import { ask } from "./ask.ts";
import { passingCodes } from "./transport.ts";

const retryMs = { first: 2_000, most: 30_000 };
const freshForMs = 10_000;

export interface Load {
  /** Why the last answer did not come, or not whole. */
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/**
 * Asks the server for what a query shows, into the cache: when it comes into view, when the person comes back to the page
 * or the network does, and again and again while there is no whole answer. What is shown is read from the cache.
 */
export function useLoad<Data, Variables extends object>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Load {
  const apollo = useApolloClient();
  const [state, setState] = useState<Omit<Load, "reload">>({ error: undefined, isLoading: true });
  const asked = useRef<() => void>(() => {});
  const key = JSON.stringify(variables);

  useEffect(() => {
    let failures = 0;
    let askedAt = 0;
    let isGone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      clearTimeout(timer);
      askedAt = Date.now();
      setState(({ error }) => ({ error, isLoading: true }));
      const error = await ask(apollo, query as DocumentNode, JSON.parse(key));
      if (isGone) return;
      setState({ error, isLoading: false });
      failures = error ? failures + 1 : 0;
      if (error && !isFinal(error))
        timer = setTimeout(load, Math.min(retryMs.first * 2 ** (failures - 1), retryMs.most));
    };
    const askIfOld = () => {
      if (document.visibilityState === "visible" && Date.now() - askedAt > freshForMs) void load();
    };
    asked.current = () => void load();
    const online = () => void load();
    window.addEventListener("online", online);
    document.addEventListener("visibilitychange", askIfOld);
    void load();
    return () => {
      isGone = true;
      clearTimeout(timer);
      window.removeEventListener("online", online);
      document.removeEventListener("visibilitychange", askIfOld);
    };
  }, [apollo, query, key]);

  const reload = useCallback(() => asked.current(), []);
  return { ...state, reload };
}

/** Whether the same question would be refused again. */
const isFinal = (error: unknown) =>
  CombinedGraphQLErrors.is(error) &&
  error.errors.every(({ extensions }) => !passingCodes.includes(String(extensions?.code)));
