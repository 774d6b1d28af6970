import type { LinkFault } from "../network/link-fault.ts";

/**
 * A part of the stack, or several: a service ("users"), one of its processes ("users-0"), the replica set ("mongodb"), one of
 * its members ("mongod-0"), or whichever is primary when the fault begins ("primary").
 */
export type Target =
  | "router"
  | "users"
  | "tasks"
  | "mongodb"
  | "primary"
  | `${"router" | "users" | "tasks" | "mongod"}-${number}`;

/** What is done to the product. It lasts as long as the experiment says, and is undone then, unless it is over by itself. */
export type Fault =
  /** SIGKILL. Undone: started again. */
  | { readonly kind: "kill"; readonly target: Target }
  /** SIGKILL, and started again at once, as a supervisor does. */
  | { readonly kind: "crash"; readonly target: Target }
  /** SIGSTOP: it hangs, with its connections open. Undone: SIGCONT. */
  | { readonly kind: "hang"; readonly target: Target }
  /** SIGTERM, one process after the other, each started again and ready before the next. */
  | { readonly kind: "rolling-restart"; readonly targets: readonly Target[] }
  /** Something goes wrong on the way to it. */
  | { readonly kind: "link"; readonly target: Target; readonly fault: LinkFault }
  /** The primary gives up its part, again and again. */
  | { readonly kind: "step-down"; readonly everySeconds: number }
  /** So many times the usual load. */
  | { readonly kind: "traffic"; readonly times: number }
  /** Later faults begin so much later. */
  | { readonly kind: "wait"; readonly seconds: number }
  /** Begins so much later and ends so much after that by itself; what follows it in the list does not wait for it. */
  | { readonly kind: "passing"; readonly fault: Fault; readonly afterSeconds: number; readonly forSeconds: number }
  /** A new key signs access tokens from now on, as `npm run keys:rotate` makes it. */
  | { readonly kind: "rotate-keys" }
  /** One of these at a time, chosen by the seed, each for a while, for as long as the experiment lasts. */
  | {
      readonly kind: "mixed";
      readonly faults: readonly Fault[];
      readonly eachSeconds: number;
      readonly pauseSeconds: number;
      readonly count: number;
    };

/** In a few words, for people. */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case "kill":
      return `SIGKILL to ${fault.target}`;
    case "crash":
      return `SIGKILL to ${fault.target}, which is started again`;
    case "hang":
      return `SIGSTOP to ${fault.target}`;
    case "rolling-restart":
      return `rolling restart of ${fault.targets.join(", ")}`;
    case "link":
      return `${describeLinkFault(fault.fault)} on the way to ${fault.target}`;
    case "step-down":
      return `the primary steps down every ${fault.everySeconds} s`;
    case "traffic":
      return `${fault.times} times the traffic`;
    case "wait":
      return `${fault.seconds} s later`;
    case "passing":
      return `${describeFault(fault.fault)}, ${fault.afterSeconds} s later, for ${fault.forSeconds} s`;
    case "rotate-keys":
      return "a new signing key";
    case "mixed":
      return `${fault.count} faults in turn: ${fault.faults.map(describeFault).join("; ")}`;
  }
}

function describeLinkFault(fault: LinkFault): string {
  switch (fault.kind) {
    case "latency":
      return `${fault.ms} ms more`;
    case "bandwidth":
      return `${fault.bytesPerSecond} bytes a second`;
    case "reset":
      return `${fault.share * 100} % of what is sent reset`;
    case "black-hole":
      return "nothing arrives";
    case "lose-answers":
      return `${fault.share * 100} % of the answers lost`;
  }
}
