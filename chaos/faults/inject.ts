import { setTimeout as delay } from "node:timers/promises";
import type { Lab } from "../lab/lab.ts";
import { isServer, type Part, partsOf } from "../lab/parts.ts";
import { shuffled } from "../random.ts";
import { describeFault, type Fault } from "./fault.ts";
import { rotateKeys } from "./rotate-keys.ts";
import { beginStepDowns } from "./step-down.ts";

export type Undo = () => Promise<void>;

const nothing: Undo = async () => {};

/** Does it to the product, and resolves when it is done, with how to undo it. */
export async function inject(fault: Fault, lab: Lab): Promise<Undo> {
  if (fault.kind === "passing") return beginPassing(fault, lab); // which notes when it begins, and when it is over
  lab.note({ kind: "fault", part: "target" in fault ? fault.target : "", detail: describeFault(fault) });
  const undo = await begin(fault, lab);
  return async () => {
    await undo();
    lab.note({ kind: "undone", part: "target" in fault ? fault.target : "", detail: describeFault(fault) });
  };
}

async function begin(fault: Exclude<Fault, { kind: "passing" }>, lab: Lab): Promise<Undo> {
  const { stack, network } = lab;
  switch (fault.kind) {
    case "kill":
      return killAll(await partsOf(stack, fault.target), lab);
    case "crash":
      return (await killAll(await partsOf(stack, fault.target), lab))().then(() => nothing);
    case "hang":
      return hangAll(await partsOf(stack, fault.target));
    case "rolling-restart":
      for (const target of fault.targets) for (const part of await partsOf(stack, target)) await restart(part, lab);
      return nothing;
    case "link": {
      const names = (await partsOf(stack, fault.target)).map(({ name }) => name);
      for (const name of names) network.setFault(name, fault.fault);
      return async () => {
        for (const name of names) network.setFault(name, undefined);
      };
    }
    case "step-down":
      return beginStepDowns(lab, fault.everySeconds * 1_000);
    case "traffic":
      lab.traffic = fault.times;
      return async () => {
        lab.traffic = 1;
      };
    case "wait":
      await seconds(fault.seconds, lab);
      return nothing;
    case "rotate-keys":
      await rotateKeys(stack);
      return nothing;
    case "mixed":
      await inTurn(fault, lab);
      return nothing;
  }
}

/** Throws when the lab ends before that. */
const seconds = (count: number, { signal }: Lab) => delay(count * 1_000, undefined, { signal });

async function killAll(parts: readonly Part[], lab: Lab): Promise<Undo> {
  for (const { name } of parts) lab.doomed.add(name);
  await Promise.all(parts.map((part) => part.kill()));
  for (const { name } of parts) lab.doomed.delete(name);
  return async () => {
    const startedAt = performance.now();
    await Promise.all(parts.map((part) => start(part, lab)));
    for (const { name } of parts) lab.note({ kind: "process-ready", part: name, ms: performance.now() - startedAt });
  };
}

function hangAll(parts: readonly Part[]): Undo {
  for (const part of parts) part.pause();
  return async () => {
    for (const part of parts) part.resume();
  };
}

async function restart(part: Part, lab: Lab): Promise<void> {
  if (!isServer(part)) throw new TypeError(`${part.name} is not restarted in turn`);
  const startedAt = performance.now();
  const { how = "not running" } = (await part.stop()) ?? {};
  const ms = performance.now() - startedAt;
  lab.note({ kind: how === "exit code 0" ? "process-exited" : "process-died", part: part.name, ms, detail: how });
  await start(part, lab);
}

async function start(part: Part, { signal }: Lab): Promise<void> {
  signal.throwIfAborted(); // it would outlive the lab
  await part.start();
  if (isServer(part)) await part.ready();
}

/** Undone when it has passed. What goes wrong with it is thrown then. */
function beginPassing({ fault, afterSeconds, forSeconds }: Extract<Fault, { kind: "passing" }>, lab: Lab): Undo {
  const passing = (async () => {
    await seconds(afterSeconds, lab);
    const undo = await inject(fault, lab);
    await seconds(forSeconds, lab);
    await undo();
  })();
  passing.catch(() => {}); // thrown when it is undone
  return () => passing;
}

async function inTurn(fault: Extract<Fault, { kind: "mixed" }>, lab: Lab): Promise<void> {
  const waiting: Fault[] = [];
  for (let number = 0; number < fault.count; number++) {
    // All of them in some order, and then in another.
    if (waiting.length === 0) waiting.push(...shuffled(lab.randomFor("faults"), fault.faults));
    const undo = await inject(waiting.shift() as Fault, lab);
    await seconds(fault.eachSeconds, lab);
    await undo();
    await seconds(fault.pauseSeconds, lab);
  }
}
