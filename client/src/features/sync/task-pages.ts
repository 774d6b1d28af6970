import type { FieldPolicy, FieldReadFunction, Reference } from "@apollo/client";

interface Page {
  readonly edges?: readonly { readonly node: Reference; readonly cursor: string }[];
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * How the pages of a connection of tasks (Relay cursor connections) become one list in the cache, by filter and order.
 * A first page that is asked for again leaves the pages behind it, unless they are from an earlier visit.
 */
export function taskPages(): FieldPolicy<Page> {
  const seen = new Set<string>();
  return {
    keyArgs: ["filter", "orderBy"],
    merge: (existing, incoming, { args, storeFieldName }) => {
      // A question for the count alone says nothing of the tasks.
      if (!incoming.edges) return { ...existing, ...incoming };
      const known = existing?.edges ?? [];
      const isFirst = !args?.after;
      const isFromEarlier = isFirst && !seen.has(storeFieldName);
      seen.add(storeFieldName);
      const fresh = new Set(incoming.edges.map(({ node }) => node.__ref));
      if (!isFirst)
        return {
          ...existing,
          ...incoming,
          edges: [...known.filter(({ node }) => !fresh.has(node.__ref)), ...incoming.edges],
        };
      const last = incoming.edges.at(-1)?.node.__ref;
      const end = known.findIndex(({ node }) => node.__ref === last);
      if (isFromEarlier || end < 0 || !incoming.pageInfo?.hasNextPage) return { ...existing, ...incoming };
      const tail = known.slice(end + 1).filter(({ node }) => !fresh.has(node.__ref));
      if (tail.length === 0) return { ...existing, ...incoming };
      return {
        ...existing,
        ...incoming,
        edges: [...incoming.edges, ...tail],
        pageInfo: existing?.pageInfo ?? incoming.pageInfo,
      };
    },
  };
}

/**
 * The ids of all the tasks of a connection, as one value: what Apollo Client would read edge by edge, thousands of them
 * for every change of one.
 */
export function taskIds(): FieldReadFunction<readonly string[]> {
  const known = new WeakMap<NonNullable<Page["edges"]>, readonly string[]>();
  return (_, { readField }) => {
    const edges = readField<Page["edges"]>("edges");
    if (!edges) return undefined;
    const ids = known.get(edges) ?? edges.map(({ node }) => node.__ref.slice("Task:".length));
    known.set(edges, ids);
    return ids;
  };
}
