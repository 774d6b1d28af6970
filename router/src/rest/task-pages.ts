import type { FastifyInstance } from "fastify";
import { tasksQuery } from "./input-schemas.ts";
import { tasksOperation } from "./operations.ts";
import { answer, bearer, problems } from "./route-schemas.ts";
import type { RunOperation } from "./run-operation.ts";
import { withWarnings } from "./warnings.ts";

interface Query {
  limit?: number;
  cursor?: string;
  listId?: string;
  completed?: boolean;
  priority?: string[];
  tag?: string[];
  dueFrom?: string;
  dueTo?: string;
  text?: string;
  trashed?: boolean;
  orderBy?: string;
  direction?: string;
}

interface Page {
  readonly nodes: object[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** `GET /tasks`: your tasks, page by page. */
export function addTaskPages(app: FastifyInstance, run: RunOperation): void {
  app.get<{ Querystring: Query }>("/tasks", { schema: pageSchema }, async (request) => {
    const { result, warnings } = await run<Page>(request, tasksOperation, variablesOf(request.query));
    const { hasNextPage, endCursor } = result.pageInfo;
    return withWarnings({ items: result.nodes, nextCursor: hasNextPage ? endCursor : null }, warnings);
  });
}

function variablesOf({ limit = 20, cursor, orderBy = "CREATED_AT", direction, tag, ...filter }: Query) {
  return {
    first: limit,
    ...(cursor !== undefined && { after: cursor }),
    filter: { ...filter, ...(tag && { tags: tag }) },
    // Only what is asked for: without an order the subgraph's own default holds.
    ...((direction !== undefined || orderBy !== "CREATED_AT") && {
      orderBy: { field: orderBy, ...(direction && { direction }) },
    }),
  };
}

const pageSchema = {
  tags: ["tasks"],
  security: bearer,
  operationId: "getTasks",
  summary: "Your tasks, page by page",
  querystring: tasksQuery,
  response: { 200: answer("TaskPage", "A page of tasks"), ...problems("UNAUTHENTICATED") },
};
