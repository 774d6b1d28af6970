import type { FastifyRequest } from "fastify";

/** From the most to the least protected. */
export const priorities = ["login", "write", "read", "large-read"] as const;

export type Priority = (typeof priorities)[number];

export const graphqlPath = "/graphql";

// Without these nobody gets in, or stays in: once refused, a person is out, and all of a device's waiting changes with them.
const mutationsOfLogin = new Set(["login", "register", "refreshSession"]);

/** A page of more than 50 is large, and so is a request of this size, which asks for many things or by a long filter. */
const largeRequestBytes = 8_192;
const largePage = /\b(?:first|last)\s*:\s*(?:5[1-9]|[6-9]\d|\d{3,})\b/;
const largestSmallPage = 50;

// White space, commas and comments may stand before a document's first word (GraphQL specification, 2.1).
const mutation = /^(?:[\s,\uFEFF]|#[^\n\r]*[\n\r])*mutation\b[^{]*\{\s*(?:\w+\s*:\s*)?(\w*)/;

/** Another operation behind the first: which of them is meant takes more than a look. */
const severalOperations = /\}[\s,]*(?:query\b|subscription\b|\{)/;

const isSafe = (method: string) => method === "GET" || method === "HEAD";

const isLargePage = (size: unknown) =>
  (typeof size === "number" || typeof size === "string") && Number(size) > largestSmallPage;

/** Whether only the body can tell the priority: that of a GraphQL request. */
export const dependsOnBody = ({ method, route }: FastifyRequest): boolean =>
  route.url === graphqlPath && method === "POST";

/**
 * How much a request is protected from being refused, by a look that costs next to nothing: its route's `config.priority`
 * if there is one, else its method; of a GraphQL request the first words of its document, and the size of its pages.
 * A document that is made to look like another is taken for that. Undefined: it is never refused.
 */
export function priorityOf(request: FastifyRequest): Priority | undefined {
  const { route, method, headers, query } = request;
  const declared = route.config.priority;
  if (declared === "always") return undefined;
  if (declared !== undefined) return declared;
  if (method === "OPTIONS") return undefined; // what a browser asks before it sends another page's request
  if (dependsOnBody(request)) return priorityOfOperation(request.body, Number(headers["content-length"] ?? 0));
  if (!isSafe(method)) return "write";
  return isLargePage((query as { limit?: unknown } | undefined)?.limit) ? "large-read" : "read";
}

/** Of the body of a GraphQL request, which may be anything. */
export function priorityOfOperation(body: unknown, bytes: number): Priority {
  const { query, variables } = (body ?? {}) as { query?: unknown; variables?: Record<string, unknown> | null };
  const document = typeof query === "string" ? query : "";
  const field = mutation.exec(document)?.[1];
  if (field !== undefined && !severalOperations.test(document)) return mutationsOfLogin.has(field) ? "login" : "write";
  const asksForMany = isLargePage(variables?.first) || isLargePage(variables?.last) || largePage.test(document);
  return asksForMany || bytes > largeRequestBytes ? "large-read" : "read";
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** How much this route is protected under overload; "always": it is never refused. */
    priority?: Priority | "always";
  }
}
