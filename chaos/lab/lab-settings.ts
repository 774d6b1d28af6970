import type { Env } from "../experiment.ts";

/**
 * All of it shares one machine. What measures comes first, or it would measure itself; then the router, which would else wait
 * for the processor behind what it has let in; MongoDB before the subgraphs, so that what was begun is finished.
 */
export const niceness = { router: 4, users: 6, tasks: 6, mongodb: 5 };

/** When a server is to end it needs a moment in which the balancer learns of it. */
export const everyServer = { DRAIN_DELAY_MS: "1000" };

/** The load comes from one address, and signs in often. */
const throttles = {
  THROTTLE_REGISTER_FREE: "1000",
  THROTTLE_LOGIN_FREE: "100000",
  THROTTLE_LOGIN_ADDRESS_FREE: "1000000",
  THROTTLE_LOGIN_NAME_FREE: "100000",
};

/** The settings of the servers that differ from the product's own: those of every run, and over them a run's. */
export const labEnv = (env: Env): Env => ({
  users: { ...everyServer, ...throttles, ...env.users },
  tasks: { ...everyServer, ...env.tasks },
  router: { ...everyServer, ...env.router },
});
