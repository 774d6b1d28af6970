import type { AccessTokenVerifier } from "@tareas/service-kit/auth/access-token";
import { claimsToBeApiToken } from "@tareas/service-kit/auth/api-token";
import { authorizationOf, bearerToken, Viewer } from "@tareas/service-kit/auth/viewer";
import { Unauthenticated } from "@tareas/service-kit/errors";
import type { FastifyRequest } from "fastify";
import type { ApiTokens } from "./api-tokens.ts";

/** Who asks, and the Authorization header by which the subgraphs know it: always an access token's. */
export interface Identity {
  readonly viewer: Viewer;
  readonly authorization: string | undefined;
}

export type Identify = (request: FastifyRequest) => Promise<Identity>;

/**
 * Verifies the access token of a request, or the one for which its API token is exchanged; an API token goes no further
 * than here. Throws `Unauthenticated` for a header that is present but bad: it never counts as anonymous.
 */
export function identification(verifier: AccessTokenVerifier, apiTokens: ApiTokens): Identify {
  return async (request) => {
    const header = authorizationOf(request);
    if (header === undefined) return { viewer: Viewer.anonymous, authorization: undefined };
    const token = bearerToken(header);
    if (!claimsToBeApiToken(token)) return { viewer: new Viewer(await verifier.verify(token)), authorization: header };
    const accessToken = await apiTokens.exchange(token, request.ip);
    try {
      return { viewer: new Viewer(await verifier.verify(accessToken)), authorization: `Bearer ${accessToken}` };
    } catch (error) {
      if (error instanceof Unauthenticated) apiTokens.forget(token);
      throw error;
    }
  };
}
