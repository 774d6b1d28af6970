import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AdmissionControl, type AdmissionLimits } from "./admission-control.ts";
import { watchLoopDelay } from "./loop-delay.ts";
import { dependsOnBody, type Priority, priorities, priorityOf } from "./priority.ts";
import { refuse } from "./refuse.ts";

/** What admission does, for those who show it. */
export interface Admission {
  readonly control: AdmissionControl;
  /** How many requests were refused so far. */
  readonly refused: Readonly<Record<RefusedAs, number>>;
}

/** "unread": even the most protected would have been refused, so the body that tells the priority was not read. */
export type RefusedAs = Priority | "unread";

/**
 * Refuses what the server can't do in time, before it costs anything, with 503: what matters least first. A request is in
 * flight from when its body is there until its answer begins: one whose client is slow is not.
 */
export function limitAdmission(app: FastifyInstance, limits: AdmissionLimits): Admission {
  const control = new AdmissionControl(limits);
  const refused = Object.fromEntries([...priorities, "unread"].map((one) => [one, 0])) as Record<RefusedAs, number>;
  const watch = watchLoopDelay((delayMs, nowMs) => {
    control.observe(delayMs, nowMs);
    return !control.isAtEase;
  });
  app.addHook("onClose", async () => watch[Symbol.dispose]());

  const refuseAs = (as: RefusedAs, request: FastifyRequest, reply: FastifyReply) => {
    refused[as] += 1;
    request.scope.isRefused = true;
    refuse(reply);
  };
  // Before the body is read, and once the answer has the headers without which a browser keeps it from its page.
  app.addHook("preParsing", (request, reply, _, done) => {
    if (dependsOnBody(request)) return control.mayEnter("login") ? done() : refuseAs("unread", request, reply);
    const priority = priorityOf(request);
    if (priority === undefined || control.mayEnter(priority)) done();
    else refuseAs(priority, request, reply);
  });
  app.addHook("preValidation", (request, reply, done) => {
    const priority = priorityOf(request);
    if (priority === undefined) return done();
    if (!control.mayEnter(priority)) return refuseAs(priority, request, reply);
    control.enter(priority);
    watch.wake();
    request.scope.inFlightAs = priority;
    done();
  });
  app.addHook("onSend", (request, _, payload, done) => {
    const { inFlightAs } = request.scope;
    if (inFlightAs) control.leave(inFlightAs);
    request.scope.inFlightAs = undefined;
    done(null, payload);
  });
  return { control, refused };
}
