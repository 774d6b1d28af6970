export interface OperationSeen {
  readonly type: "query" | "mutation" | "subscription";
  readonly name: string | undefined;
}

const firstWords = /^\s*(query|mutation|subscription)\b[ ]*([_A-Za-z]\w*)?/m;

/** The type and the name of the operation in the body of a request, which are part of the app and nobody's input. */
export function operationOf(body: unknown): OperationSeen {
  const { query } = JSON.parse(typeof body === "string" ? body : "{}") as { query?: string };
  const [, type = "query", name] = firstWords.exec(query ?? "") ?? [];
  return { type: type as OperationSeen["type"], name };
}
