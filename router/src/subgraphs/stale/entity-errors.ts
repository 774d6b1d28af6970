import type { SubgraphResponseError } from "../call.ts";
import { FetchError } from "../fetch-error.ts";

const unreachable: ReadonlySet<string> = new Set(["SUBGRAPH_UNAVAILABLE", "SUBGRAPH_TIMEOUT"]);

/** Which entity of a response an error is about; undefined when it is about more than one, or nobody knows. */
export function indexOf({ path }: SubgraphResponseError): number | undefined {
  const [root, index] = path ?? [];
  return root === "_entities" && typeof index === "number" ? index : undefined;
}

/** Whether an error says that a whole entity can't be had now. */
export const isUnreachable = ({ code, path }: FetchError) => path?.length === 2 && unreachable.has(code);

/** The same error, about these response keys only. */
export const narrowed = (error: FetchError, lostKeys: readonly string[]) => new FetchError(error, error.path, lostKeys);
