import type { Experiment } from "../experiment.ts";
import { usersDown } from "./users-down.ts";

/** In the order in which they are run and reported. */
export const experiments: readonly Experiment[] = [usersDown];
