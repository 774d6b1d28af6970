import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { Connections } from "./connection-limit.ts";

/** With any value in an answer: whoever balances should send the next request to another server. (Envoy, HTTP health checking) */
export const leavingHeader = "x-envoy-immediate-health-check-fail";

// By then a request that was on its way has arrived.
const arrivalGraceMs = 2_000;

/**
 * Between the wish to close and the close there is a while in which the server says that it is not ready, so that whoever
 * sends requests here learns of it and goes elsewhere; those who do not ask are told by a header. It still answers, and closes
 * each connection with the answer: one that is closed when it has just been idle may have a request on its way. Connections on
 * which nothing was ever asked, which Node does not count as idle, or not to the end, are closed a little later: the server
 * would wait for them.
 */
export function drainBeforeClosing(app: FastifyInstance, connections: Connections, delayMs: number): void {
  let isDraining = false;
  app.decorate("isDraining", () => isDraining);
  app.addHook("preClose", async () => {
    isDraining = true;
    if (app.server.listening) {
      await delay(delayMs);
      await allHasArrived(app.server);
    }
    setTimeout(() => connections.closeWaiting(), arrivalGraceMs).unref();
  });
  app.addHook("onSend", (_, reply, payload, done) => {
    if (isDraining) reply.headers({ connection: "close", [leavingHeader]: "true" });
    done(null, payload);
  });
}

/**
 * Resolves in a turn of the event loop that has brought no connection and no request. Timers come first in a turn: a process
 * that has waited for the processor would else close, and by that reset, connections on which there is a request that it
 * has not read yet, and those that the kernel has accepted in its name.
 */
async function allHasArrived(server: FastifyInstance["server"]): Promise<void> {
  const latest = performance.now() + arrivalGraceMs;
  let isQuiet: boolean;
  const onArrival = () => {
    isQuiet = false;
  };
  server.on("connection", onArrival).on("request", onArrival);
  do {
    isQuiet = true;
    await nextTurn();
  } while (!isQuiet && performance.now() < latest);
  server.off("connection", onArrival).off("request", onArrival);
}

declare module "fastify" {
  interface FastifyInstance {
    /** Whether the server is about to close. */
    isDraining(): boolean;
  }
}
