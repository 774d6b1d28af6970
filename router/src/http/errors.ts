import { BadUserInput, CodedError, type ErrorCode, httpStatusOf } from "@tareas/service-kit/errors";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AllowedMethods } from "./allowed-methods.ts";
import { type Problem, problemOf, sendProblem } from "./problem.ts";
import { fieldsOf } from "./validation-fields.ts";

const graphqlPath = "/graphql";

/**
 * Answers what goes wrong outside of an operation: in the shape of GraphQL at `/graphql`, else as problem details.
 * An error that is neither coded nor the client's fault is logged and masked.
 */
export function answerErrors(app: FastifyInstance, allowedMethods: AllowedMethods): void {
  app.setErrorHandler<FastifyError>(answerError);
  app.setNotFoundHandler((request, reply) => {
    const methods = allowedMethods(pathOf(request));
    if (methods.length === 0 || methods.includes(request.method))
      return answer(
        request,
        reply,
        problemOf({ status: 404, code: "NOT_FOUND", detail: "There is no such resource." }),
      );
    reply.header("allow", methods.join(", "));
    const detail = `${request.method} is not possible here; ${methods.join(", ")} are.`;
    return answer(request, reply, problemOf({ status: 405, code: "BAD_REQUEST", detail }));
  });
}

/** Answers an error with what the client may see of it. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOfError(error, request);
  if (problem.status >= 500 && !(error instanceof CodedError))
    request.log.error({ err: error, requestId: request.id }, "internal error");
  return answer(request, reply, problem);
}

const pathOf = ({ url }: FastifyRequest) => url.split("?")[0] ?? url;

function answer(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  if (pathOf(request) !== graphqlPath) return sendProblem(reply, problem);
  const { status, title: _, type: __, detail, ...extensions } = problem;
  return reply.code(status).send({ errors: [{ message: detail, extensions }] });
}

function problemOfError(error: FastifyError, request: FastifyRequest): Problem {
  const coded = error.validation ? new BadUserInput(fieldsOf(error.validation)) : error;
  if (coded instanceof CodedError)
    return problemOf({
      status: httpStatusOf[coded.code],
      code: coded.code,
      detail: coded.message,
      details: coded.details,
    });
  const { statusCode: status = 500, message: detail } = error;
  if (status >= 400 && status < 500) return problemOf({ status, code: codeOf(status, request), detail });
  const code: ErrorCode = "INTERNAL_SERVER_ERROR";
  const details = { requestId: request.id };
  return problemOf({ status: 500, code, detail: "Something went wrong on our side.", details });
}

const codeOf = (status: number, request: FastifyRequest) =>
  status === 413 && pathOf(request) === graphqlPath ? "QUERY_TOO_COMPLEX" : "BAD_REQUEST";
