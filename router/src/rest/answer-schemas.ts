// JSON Schemas of what the REST doorway answers.

import { nullable, priorities } from "./schema-parts.ts";

const dateTime = { type: "string", format: "date-time" };
const nullableDateTime = { type: ["string", "null"], format: "date-time" };
const nullableDate = { type: ["string", "null"], format: "date" };

const owner = {
  description: "Null while the users subgraph can't be asked; `warnings` tells.",
  type: ["object", "null"],
  required: ["id", "username", "displayName"],
  properties: { id: { type: "string" }, username: { type: "string" }, displayName: { type: "string" } },
};

export const warningSchema = {
  $id: "Warning",
  type: "object",
  description: "What could not be had, though the answer as a whole could.",
  required: ["code", "detail"],
  properties: { code: { type: "string" }, detail: { type: "string" }, subgraph: { type: "string" } },
};

const warnings = { type: "array", items: { $ref: "Warning#" } };

export const authSchema = {
  $id: "AuthPayload",
  type: "object",
  required: ["accessToken", "expiresAt", "refreshToken", "user"],
  properties: {
    accessToken: { type: "string", description: "A JWT for the header `Authorization: Bearer …`." },
    expiresAt: dateTime,
    refreshToken: nullable("string"),
    user: {
      type: "object",
      required: ["id", "username", "displayName", "email", "createdAt"],
      properties: {
        id: { type: "string" },
        username: { type: "string" },
        displayName: { type: "string" },
        email: nullable("string"),
        createdAt: dateTime,
      },
    },
  },
};

export const taskSchema = {
  $id: "Task",
  type: "object",
  required: ["id", "title", "completed", "priority", "tags", "list", "owner", "version", "createdAt", "updatedAt"],
  properties: {
    id: { type: "string" },
    title: { type: "string" },
    notes: { ...nullable("string"), description: "Markdown." },
    completed: { type: "boolean" },
    completedAt: nullableDateTime,
    priority: { type: "string", enum: priorities },
    dueDate: nullableDate,
    tags: { type: "array", items: { type: "string" } },
    list: {
      type: "object",
      required: ["id", "name"],
      properties: { id: { type: "string" }, name: { type: "string" } },
    },
    owner,
    version: { type: "integer", description: "Goes up by one with each change; also the ETag." },
    createdAt: dateTime,
    updatedAt: dateTime,
    deletedAt: { ...nullableDateTime, description: "When it went to the trash; null outside of it." },
    warnings,
  },
};

export const taskPageSchema = {
  $id: "TaskPage",
  type: "object",
  required: ["items", "nextCursor"],
  properties: {
    items: { type: "array", items: { $ref: "Task#" } },
    nextCursor: { ...nullable("string"), description: "The `cursor` of the next page; null on the last one." },
    warnings,
  },
};

export const listSchema = {
  $id: "TaskList",
  type: "object",
  required: ["id", "name", "color", "isDefault", "counts", "owner", "version", "createdAt", "updatedAt"],
  properties: {
    id: { type: "string" },
    name: { type: "string" },
    color: { ...nullable("string"), description: "As #rrggbb." },
    isDefault: { type: "boolean" },
    counts: {
      type: "object",
      required: ["open", "completed", "trashed"],
      properties: { open: { type: "integer" }, completed: { type: "integer" }, trashed: { type: "integer" } },
    },
    owner,
    version: { type: "integer" },
    createdAt: dateTime,
    updatedAt: dateTime,
    warnings,
  },
};

export const listPageSchema = {
  $id: "TaskListPage",
  type: "object",
  required: ["items"],
  properties: { items: { type: "array", items: { $ref: "TaskList#" } }, warnings },
};

export const exportSchema = {
  $id: "DataExport",
  type: "object",
  required: ["id", "exportedAt", "account", "lists", "tasks"],
  properties: {
    id: { type: "string", description: "The account's." },
    exportedAt: dateTime,
    account: {
      type: "object",
      additionalProperties: true,
      description: "The account, and a list for each kind of thing that it has, such as `sessions`. No secrets.",
      required: ["username", "sessions"],
      properties: { username: { type: "string" }, sessions: { type: "array", items: { type: "object" } } },
    },
    lists: { type: "array", items: { type: "object", additionalProperties: true } },
    tasks: {
      type: "array",
      description: "All tasks, those in the trash too, the oldest first.",
      items: { type: "object", additionalProperties: true },
    },
  },
};

export const problemSchema = {
  $id: "Problem",
  type: "object",
  description: "Problem details (RFC 9457).",
  required: ["type", "title", "status", "detail", "code", "requestId"],
  additionalProperties: true,
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    code: { type: "string", description: "As in `errors[].extensions.code` of GraphQL." },
    requestId: { type: "string" },
    fields: {
      type: "array",
      items: {
        type: "object",
        required: ["path", "code"],
        properties: { path: { type: "string" }, code: { type: "string" } },
      },
    },
    version: { type: "integer", description: "With CONFLICT: the current version." },
    retryAfterSeconds: { type: "number" },
    subgraph: { type: "string" },
  },
};

export const sharedSchemas = [
  warningSchema,
  authSchema,
  taskSchema,
  taskPageSchema,
  listSchema,
  listPageSchema,
  exportSchema,
  problemSchema,
];
