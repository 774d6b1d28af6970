import type { FieldError } from "@tareas/service-kit/errors";
import type { FastifySchemaValidationError } from "fastify";

const codes: Readonly<Record<string, string>> = {
  required: "REQUIRED",
  additionalProperties: "UNKNOWN",
  minimum: "TOO_SMALL",
  maximum: "TOO_LARGE",
  minProperties: "TOO_FEW",
};

/** What is wrong with which field, in the terms of `BadUserInput`; an empty path is the body as a whole. */
export function fieldsOf(errors: readonly FastifySchemaValidationError[]): FieldError[] {
  const fields = errors.map(({ instancePath, keyword, params }) => {
    const inside = params.missingProperty ?? params.additionalProperty;
    const path = [...instancePath.split("/").slice(1), ...(typeof inside === "string" ? [inside] : [])].join(".");
    return { path, code: codes[keyword] ?? "INVALID" };
  });
  return [...new Map(fields.map((field) => [field.path, field])).values()];
}
