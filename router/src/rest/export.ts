import { Readable } from "node:stream";
import { SubgraphUnavailable } from "@tareas/service-kit/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { exportOperation, exportPageOperation } from "./operations.ts";
import { answer, bearer, problems } from "./route-schemas.ts";
import type { RunOperation } from "./run-operation.ts";

interface TaskPage {
  readonly nodes: readonly object[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Exported {
  readonly tasks: TaskPage;
  readonly [part: string]: unknown;
}

type ReadPage = (after: string) => Promise<TaskPage>;

const pageSize = 100;

/**
 * `GET /export`: all that is kept of you as one JSON document. It is read page by page, as fast as the client takes it.
 * What fails before the first byte is a problem document; what fails later breaks the connection off, so that no part
 * of an export can be taken for the whole.
 */
export function addExport(app: FastifyInstance, run: RunOperation): void {
  app.get("/export", { schema, config: { priority: "large-read" } }, async (request, reply) => {
    const first = await runWhole<Exported>(run, request, exportOperation, { first: pageSize });
    const readPage: ReadPage = async (after) =>
      (await runWhole<Exported>(run, request, exportPageOperation, { first: pageSize, after })).tasks;
    const name = `tareas-${new Date().toISOString().slice(0, 10)}.json`;
    return reply
      .type("application/json; charset=utf-8")
      .header("content-disposition", `attachment; filename="${name}"`)
      .send(Readable.from(documentOf(first, readPage), { objectMode: false }));
  });
}

/** As `run`, but an answer that lacks anything is an error. */
async function runWhole<Result>(
  run: RunOperation,
  request: FastifyRequest,
  query: string,
  variables: Record<string, unknown>,
): Promise<Result> {
  const { result, warnings } = await run<Result>(request, query, variables);
  if (warnings[0]) throw new SubgraphUnavailable(warnings[0].subgraph ?? "tasks");
  return result;
}

/** The text of the document, in pieces of a page each. */
async function* documentOf({ tasks, ...parts }: Exported, readPage: ReadPage): AsyncGenerator<string> {
  yield `${JSON.stringify(parts).slice(0, -1)},"tasks":[`;
  let separator = "\n";
  for (let page: TaskPage | undefined = tasks; page; page = await following(page, readPage)) {
    if (page.nodes.length === 0) continue;
    yield separator + page.nodes.map((task) => JSON.stringify(task)).join(",\n");
    separator = ",\n";
  }
  yield "\n]}\n";
}

const following = async ({ pageInfo: { hasNextPage, endCursor } }: TaskPage, readPage: ReadPage) =>
  hasNextPage && endCursor !== null ? readPage(endCursor) : undefined;

const schema = {
  tags: ["accounts"],
  security: bearer,
  operationId: "exportMyData",
  summary: "All that is kept of you, as one document",
  description:
    "It can be large and has no length in advance. When something fails on the way, the connection breaks off before the end.",
  response: {
    200: {
      ...answer("DataExport", "The whole export"),
      headers: { "Content-Disposition": { type: "string", description: "An attachment with a file name." } },
    },
    ...problems("UNAUTHENTICATED"),
  },
};
