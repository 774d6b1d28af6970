import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";

const description = `The to-do product for those who prefer REST: the same operations as through \`/graphql\`, with the same
errors, as problem details (RFC 9457).`;

/** Documents the routes that \`app\` gets from here on as OpenAPI 3.1, at \`/openapi.json\`. */
export async function addOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Tareas", version: "0.1.0", description },
      servers: [{ url: "/" }],
      tags: [{ name: "accounts" }, { name: "tasks" }, { name: "lists" }],
      components: {
        securitySchemes: {
          accessToken: {
            type: "http",
            scheme: "bearer",
            bearerFormat: "JWT",
            description:
              "`accessToken` of `POST /login` or `POST /register`, or a personal API token (`tpat_…`) with the scopes for it.",
          },
        },
      },
    },
    refResolver: { buildLocalReference: (schema, _, __, index) => String(schema.$id ?? `schema-${index}`) },
  });
  app.get("/openapi.json", { schema: { hide: true } }, () => app.swagger());
}
