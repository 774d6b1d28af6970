import type { ServiceName } from "@tareas/local-stack/services";
import type { Fault } from "./faults/fault.ts";
import type { Mix } from "./load/load.ts";
import type { WriteRules } from "./load/writes.ts";
import type { ProbeName } from "./probes/probe.ts";
import type { Tolerance } from "./tolerances/tolerance.ts";

export type Env = Partial<Record<ServiceName, NodeJS.ProcessEnv>>;

export interface LoadPlan extends Partial<WriteRules> {
  readonly mix: Mix;
  /** Operations per second, or a share of what is measured to be the most that the product can do. */
  readonly perSecond: number | { readonly ofCapacity: number };
  /** How many connections are open before it begins. Default: as many as it needs, when it does. */
  readonly connections?: number;
}

/**
 * What is believed of the product, and how to try to refute it: a steady state, something that goes wrong, and what has to
 * hold all the same. (Principles of Chaos Engineering; the parts are those of Chaos Toolkit and LitmusChaos)
 */
export interface Experiment {
  /** Short, for the command line: "users-down". */
  readonly name: string;
  readonly title: string;
  readonly hypothesis: string;
  readonly load: LoadPlan;
  /** How long it is watched before, during and after the faults, in seconds; faults that take longer make it longer. */
  readonly seconds: { readonly before: number; readonly during: number; readonly after: number };
  readonly faults: readonly Fault[];
  /** More that is tried and observed while the faults last. */
  readonly probe?: ProbeName;
  /** Settings of the servers that differ from the product's defaults. */
  readonly env?: Env;
  readonly tolerances: readonly Tolerance[];
  /** Takes so long that it is run only when it is asked for by its name. */
  readonly isLong?: boolean;
  /** Runs of the same experiment that must fail, because what it leans on is missing. */
  readonly controls: readonly Control[];
}

/** A negative control: an experiment that would pass without the protection proves nothing of it. */
export interface Control {
  /** What is missing: "the retries". */
  readonly without: string;
  /** The settings that switch it off. */
  readonly env?: Env;
  readonly load?: Partial<WriteRules>;
  readonly probe?: ProbeName;
  readonly faults?: readonly Fault[];
}

/** The settings of a run that differ from the lab's own: the experiment's, and over them those of a control. */
export function envOf({ env: own = {} }: Pick<Experiment, "env">, control: Pick<Control, "env"> | undefined): Env {
  const over = control?.env ?? {};
  const services = (["router", "users", "tasks"] as const).filter((name) => own[name] || over[name]);
  return Object.fromEntries(services.map((name) => [name, { ...own[name], ...over[name] }]));
}
