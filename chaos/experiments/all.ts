import type { Experiment } from "../experiment.ts";
import { browserOffline } from "./browser-offline.ts";
import { concurrentEdits } from "./concurrent-edits.ts";
import { hungUsers } from "./hung-users.ts";
import { lostAnswers } from "./lost-answers.ts";
import { mongodbDown } from "./mongodb-down.ts";
import { outage } from "./outage.ts";
import { primaryKilled } from "./primary-killed.ts";
import { replicaKilled } from "./replica-killed.ts";
import { resets } from "./resets.ts";
import { rollingRestart } from "./rolling-restart.ts";
import { routerKilled } from "./router-killed.ts";
import { routerRestart } from "./router-restart.ts";
import { slowMongodb } from "./slow-mongodb.ts";
import { slowUsers } from "./slow-users.ts";
import { soak } from "./soak.ts";
import { spoofedIdentity } from "./spoofed-identity.ts";
import { stepDown } from "./step-down.ts";
import { tasksDown } from "./tasks-down.ts";
import { tenTimesTraffic } from "./ten-times-traffic.ts";
import { tokens } from "./tokens.ts";
import { usersDown } from "./users-down.ts";

/** All experiments, in the order in which they are run. */
export const experiments: readonly Experiment[] = [
  usersDown,
  tasksDown,
  hungUsers,
  slowUsers,
  resets,
  lostAnswers,
  outage,
  mongodbDown,
  primaryKilled,
  stepDown,
  slowMongodb,
  replicaKilled,
  routerKilled,
  rollingRestart,
  routerRestart,
  tokens,
  spoofedIdentity,
  concurrentEdits,
  browserOffline,
  tenTimesTraffic,
  soak,
];
