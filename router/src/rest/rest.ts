import { Ajv } from "ajv";
import addFormatsModule from "ajv-formats";
import type { FastifyInstance } from "fastify";
import { addAccountRoutes } from "./accounts.ts";
import { sharedSchemas } from "./answer-schemas.ts";
import { addExport } from "./export.ts";
import { addListRoutes } from "./lists.ts";
import { addOpenApi } from "./openapi.ts";
import type { RunOperation } from "./run-operation.ts";
import { addTaskPages } from "./task-pages.ts";
import { addTaskRoutes } from "./tasks.ts";

const addFormats = addFormatsModule.default;

/** The REST doorway: routes that run named GraphQL operations, and their OpenAPI document. */
export async function addRest(app: FastifyInstance, run: RunOperation): Promise<void> {
  await app.register(async (rest) => {
    validateStrictly(rest);
    for (const schema of sharedSchemas) rest.addSchema(schema);
    rest.addHook("onSend", async (_, reply) => void reply.header("cache-control", "no-store"));
    await addOpenApi(rest);
    addAccountRoutes(rest, run);
    addTaskPages(rest, run);
    addTaskRoutes(rest, run);
    addListRoutes(rest, run);
    addExport(rest, run);
  });
}

/** Fastify would drop unknown fields and turn "5" into 5 in bodies too: a typing error has to be told. */
function validateStrictly(app: FastifyInstance): void {
  const options = { removeAdditional: false, useDefaults: false, allErrors: true, strict: false } as const;
  const forBodies = new Ajv({ ...options, coerceTypes: false });
  const forTexts = new Ajv({ ...options, coerceTypes: "array" });
  for (const ajv of [forBodies, forTexts]) addFormats(ajv);
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === "body" ? forBodies : forTexts).compile(schema));
}
