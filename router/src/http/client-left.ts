import type { FastifyInstance } from "fastify";

/**
 * Gives each request a signal that aborts when its client's connection closes before the answer is out. (Fastify's own
 * `request.signal` hears of the end of the request's body too, which is no reason to stop.)
 */
export function watchClients(app: FastifyInstance): void {
  app.addHook("onRequest", (request, { raw }, done) => {
    const left = new AbortController();
    request.clientLeft = left.signal;
    raw.once("close", () => {
      if (!raw.writableFinished) left.abort();
    });
    done();
  });
}

declare module "fastify" {
  interface FastifyRequest {
    clientLeft: AbortSignal;
  }
}
