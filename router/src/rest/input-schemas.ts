// JSON Schemas of what the REST doorway takes. The lengths of texts are for the subgraphs to check.

import { nullable, priorities } from "./schema-parts.ts";

const orderFields = ["CREATED_AT", "UPDATED_AT", "DUE_DATE", "PRIORITY", "POSITION"];

const text = { type: "string" };
const taskFields = {
  notes: nullable("string"),
  priority: { type: "string", enum: priorities },
  dueDate: { type: ["string", "null"], format: "date" },
  tags: { type: "array", items: text },
};

/** A JSON body that takes the named properties and no others. */
const body = (properties: Record<string, object>, required: string[], example: object) => ({
  type: "object",
  additionalProperties: false,
  required,
  properties,
  examples: [example],
});

const refreshToken = {
  type: "string",
  enum: ["PAYLOAD"],
  description: "For a `refreshToken` in the answer, with which `refreshSession` (GraphQL) goes on with the session.",
};

export const registerBody = body(
  { username: text, password: text, refreshToken, email: nullable("string"), displayName: nullable("string") },
  ["username", "password"],
  { username: "lucia", password: "correct horse battery", email: "lucia@example.org", displayName: "Lucía" },
);

export const loginBody = body(
  { username: { ...text, description: "The username, or the e-mail address." }, password: text, refreshToken },
  ["username", "password"],
  { username: "lucia", password: "correct horse battery" },
);

export const createTaskBody = body(
  { title: text, listId: { ...nullable("string"), description: "The first list when absent." }, ...taskFields },
  ["title"],
  { title: "Comprar pan", priority: "HIGH", dueDate: "2026-12-01", tags: ["casa"] },
);

const version = { type: "integer", minimum: 0, maximum: 2_147_483_647 };

export const updateTaskBody = {
  ...body({ title: text, completed: { type: "boolean" }, listId: text, expectedVersion: version, ...taskFields }, [], {
    completed: true,
    expectedVersion: 1,
  }),
  description: "Absent: unchanged; null: cleared.",
};

export const createListBody = body({ name: text, color: nullable("string") }, ["name"], {
  name: "Trabajo",
  color: "#3366ff",
});

const repeatable = (items: object) => ({ type: "array", items });

export const tasksQuery = {
  type: "object",
  additionalProperties: false,
  properties: {
    limit: { type: "integer", minimum: 1, maximum: 100, default: 20 },
    cursor: { type: "string", description: "`nextCursor` of the page before." },
    listId: text,
    completed: { type: "boolean" },
    priority: { ...repeatable({ type: "string", enum: priorities }), description: "Any of these." },
    tag: { ...repeatable(text), description: "All of these." },
    dueFrom: { type: "string", format: "date" },
    dueTo: { type: "string", format: "date" },
    text: { type: "string", description: "Words of title, notes or tags, each by its beginning." },
    trashed: { type: "boolean", description: "True: only the trash." },
    orderBy: { type: "string", enum: orderFields, description: "CREATED_AT when absent." },
    direction: { type: "string", enum: ["ASC", "DESC"] },
  },
};

export const idParam = {
  type: "object",
  required: ["id"],
  properties: { id: { type: "string", examples: ["6743a1f2c9e77a0012ab34cd"] } },
};
