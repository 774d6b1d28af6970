import type { FastifyInstance } from "fastify";
import { CallCancelled } from "../subgraphs/call.ts";
import { Cancellation } from "../subgraphs/cancellation.ts";

/**
 * Tells each request when its client's connection closes before the answer is out. (Fastify's own
 * `request.signal` hears of the end of the request's body too, which is no reason to stop.)
 */
export function watchClients(app: FastifyInstance): void {
  app.addHook("onRequest", (request, { raw }, done) => {
    const left = new Cancellation();
    request.clientLeft = left;
    raw.once("close", () => {
      if (!raw.writableFinished) left.cancel(new CallCancelled());
    });
    done();
  });
}

declare module "fastify" {
  interface FastifyRequest {
    clientLeft: Cancellation;
  }
}
