import type { FastifyInstance } from "fastify";
import type { KeyRing } from "./keys/key-ring.ts";

const maxAgeSeconds = 10;

/** Publishes the public keys as a JWK Set (RFC 7517 section 5), so that others verify access tokens offline. */
export const addJwksRoute = (app: FastifyInstance, keys: KeyRing) =>
  app.get("/.well-known/jwks.json", { config: { priority: "login" } }, (_, reply) =>
    reply.header("cache-control", `public, max-age=${maxAgeSeconds}`).send({ keys: keys.publicJwks() }),
  );
