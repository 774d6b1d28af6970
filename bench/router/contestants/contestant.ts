import type { Surroundings } from "../surroundings.ts";
import type { WorkloadName } from "../workloads/workloads.ts";

/** How a server is started, to be measured. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** A server that is compared: one of ours, one of others, or a limit that no router can pass. */
export interface Contestant {
  readonly name: string;
  /** For tables: what it is, and its version. */
  readonly about: string;
  readonly kind: "ours" | "peer" | "limit";
  /** The workloads that it can do; undefined: all. */
  readonly only?: readonly WorkloadName[];
  /** Whether its answers are not to be compared: it has one for all. */
  readonly answersOneForAll?: boolean;
  /** Where a workload is sent. */
  path(workload: WorkloadName): string;
  /** Undefined when it runs already, at `url`. */
  readonly program?: (surroundings: Surroundings, port: number) => Promise<Program> | Program;
  readonly url?: string;
}
