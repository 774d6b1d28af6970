import type { FastifyInstance, FastifyReply } from "fastify";
import { createListBody, idParam } from "./input-schemas.ts";
import { createListOperation, listOperation, listsOperation } from "./operations.ts";
import { answer, bearer, created, problems, versioned, writeHeaders } from "./route-schemas.ts";
import type { OperationResult, RunOperation } from "./run-operation.ts";
import { etagOf } from "./version.ts";
import { withWarnings } from "./warnings.ts";

interface List {
  readonly id: string;
  readonly version: number;
}

const sendList = (reply: FastifyReply, { result, warnings }: OperationResult<List>) =>
  reply.header("etag", etagOf(result.version)).send(withWarnings(result, warnings));

/** `/lists` and `/lists/{id}`. */
export function addListRoutes(app: FastifyInstance, run: RunOperation): void {
  const shared = { tags: ["lists"], security: bearer };
  app.get(
    "/lists",
    {
      schema: {
        ...shared,
        operationId: "getLists",
        summary: "Your lists, by position",
        response: { 200: answer("TaskListPage", "All lists"), ...problems("UNAUTHENTICATED") },
      },
    },
    async (request) => {
      const { result, warnings } = await run<List[]>(request, listsOperation);
      return withWarnings({ items: result }, warnings);
    },
  );
  app.get<{ Params: { id: string } }>(
    "/lists/:id",
    {
      schema: {
        ...shared,
        operationId: "getList",
        summary: "A list",
        params: idParam,
        response: { 200: versioned("TaskList", "The list"), ...problems("UNAUTHENTICATED", "NOT_FOUND") },
      },
    },
    async (request, reply) => sendList(reply, await run<List>(request, listOperation, { id: request.params.id })),
  );
  app.post(
    "/lists",
    {
      schema: {
        ...shared,
        operationId: "createList",
        summary: "Make a list",
        headers: writeHeaders,
        body: createListBody,
        response: {
          201: created("TaskList", "The new list"),
          ...problems("UNAUTHENTICATED", "IDEMPOTENCY_KEY_REUSED"),
        },
      },
    },
    async (request, reply) => {
      const { result, warnings } = await run<{ taskList: List }>(request, createListOperation, { input: request.body });
      reply.code(201).header("location", `/lists/${result.taskList.id}`);
      return sendList(reply, { result: result.taskList, warnings });
    },
  );
}
