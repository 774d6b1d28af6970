import type { FastifyInstance } from "fastify";
import { loginBody, registerBody } from "./input-schemas.ts";
import { loginOperation, registerOperation } from "./operations.ts";
import { answer, problems, writeHeaders } from "./route-schemas.ts";
import type { RunOperation } from "./run-operation.ts";

/** `POST /register` and `POST /login`. */
export function addAccountRoutes(app: FastifyInstance, run: RunOperation): void {
  const shared = { tags: ["accounts"], headers: writeHeaders };
  app.post(
    "/register",
    {
      config: { priority: "login" },
      schema: {
        ...shared,
        operationId: "register",
        summary: "Make an account and sign in",
        body: registerBody,
        response: { 201: answer("AuthPayload", "The account and its access token"), ...problems() },
      },
    },
    async (request, reply) => {
      const { result } = await run<object>(request, registerOperation, { input: request.body });
      return reply.code(201).send(result);
    },
  );
  app.post(
    "/login",
    {
      config: { priority: "login" },
      schema: {
        ...shared,
        operationId: "login",
        summary: "Sign in",
        body: loginBody,
        response: {
          200: answer("AuthPayload", "The account and its access token"),
          ...problems("USER_NOT_FOUND", "INVALID_CREDENTIALS", "RATE_LIMITED"),
        },
      },
    },
    async (request) => {
      const { result } = await run<object>(request, loginOperation, { input: request.body });
      return result;
    },
  );
}
