import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createTaskBody, idParam, updateTaskBody } from "./input-schemas.ts";
import {
  createTaskOperation,
  deleteTaskOperation,
  restoreTaskOperation,
  taskOperation,
  updateTaskOperation,
} from "./operations.ts";
import { bearer, changeHeaders, created, problems, versioned, writeHeaders } from "./route-schemas.ts";
import type { OperationResult, RunOperation } from "./run-operation.ts";
import { etagOf, expectedVersionOf } from "./version.ts";
import { withWarnings } from "./warnings.ts";

interface Task {
  readonly id: string;
  readonly version: number;
}
interface TaskPayload {
  readonly task: Task;
}
interface OneTask {
  Params: { id: string };
  Body: { expectedVersion?: number };
}

const sendTask = (reply: FastifyReply, { result, warnings }: OperationResult<Task>) =>
  reply.header("etag", etagOf(result.version)).send(withWarnings(result, warnings));

const sendPayload = (reply: FastifyReply, { result, warnings }: OperationResult<TaskPayload>) =>
  sendTask(reply, { result: result.task, warnings });

const shared = { tags: ["tasks"], security: bearer };
const changeProblems = problems("UNAUTHENTICATED", "NOT_FOUND", "CONFLICT", "IDEMPOTENCY_KEY_REUSED");

/** `POST /tasks`, and all of `/tasks/{id}`. */
export function addTaskRoutes(app: FastifyInstance, run: RunOperation): void {
  app.post("/tasks", { schema: createSchema }, async (request, reply) => {
    const answer = await run<TaskPayload>(request, createTaskOperation, { input: request.body });
    reply.code(201).header("location", `/tasks/${answer.result.task.id}`);
    return sendPayload(reply, answer);
  });
  app.get<OneTask>("/tasks/:id", { schema: getSchema }, async (request, reply) =>
    sendTask(reply, await run<Task>(request, taskOperation, { id: request.params.id })),
  );
  app.patch<OneTask>("/tasks/:id", { schema: updateSchema }, async (request, reply) => {
    const changes = { ...request.body, ...target(request, request.body.expectedVersion) };
    return sendPayload(reply, await run<TaskPayload>(request, updateTaskOperation, { input: changes }));
  });
  app.delete<OneTask>("/tasks/:id", { schema: deleteSchema }, async (request, reply) =>
    sendPayload(reply, await run<TaskPayload>(request, deleteTaskOperation, { input: target(request) })),
  );
  app.post<OneTask>("/tasks/:id/restore", { schema: restoreSchema }, async (request, reply) =>
    sendPayload(reply, await run<TaskPayload>(request, restoreTaskOperation, { input: target(request) })),
  );
}

const target = (request: FastifyRequest<OneTask>, versionInBody?: number) => ({
  id: request.params.id,
  ...expectedVersionOf(request as FastifyRequest, versionInBody),
});

const createSchema = {
  ...shared,
  operationId: "createTask",
  summary: "Make a task",
  headers: writeHeaders,
  body: createTaskBody,
  response: {
    201: created("Task", "The new task"),
    ...problems("UNAUTHENTICATED", "NOT_FOUND", "IDEMPOTENCY_KEY_REUSED"),
  },
};

const getSchema = {
  ...shared,
  operationId: "getTask",
  summary: "A task, in the trash or not",
  params: idParam,
  response: { 200: versioned("Task", "The task"), ...problems("UNAUTHENTICATED", "NOT_FOUND") },
};

const updateSchema = {
  ...shared,
  operationId: "updateTask",
  summary: "Change a task",
  description: "A merge patch (RFC 7396): what is absent stays, null clears. Also completes, reopens and moves.",
  consumes: ["application/json", "application/merge-patch+json"],
  headers: changeHeaders,
  params: idParam,
  body: updateTaskBody,
  response: { 200: versioned("Task", "The task as it is now"), ...changeProblems },
};

const deleteSchema = {
  ...shared,
  operationId: "trashTask",
  summary: "Move a task to the trash",
  description: "It can be restored; so the answer is the task, with its new version.",
  headers: changeHeaders,
  params: idParam,
  response: { 200: versioned("Task", "The task in the trash"), ...changeProblems },
};

const restoreSchema = {
  ...shared,
  operationId: "restoreTask",
  summary: "Take a task out of the trash",
  headers: changeHeaders,
  params: idParam,
  response: { 200: versioned("Task", "The task as it was before"), ...changeProblems },
};
