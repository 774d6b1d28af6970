import { setTimeout as delay } from "node:timers/promises";
import { type Control, type Experiment, envOf, type LoadPlan } from "../experiment.ts";
import type { Fault } from "../faults/fault.ts";
import { inject, type Undo } from "../faults/inject.ts";
import { checkLedger } from "../ledger/check-ledger.ts";
import { ofRun } from "../ledger/of-run.ts";
import { readTasks } from "../ledger/read-tasks.ts";
import { keepSignedIn } from "../load/accounts.ts";
import { measureCapacity } from "../load/capacity.ts";
import { performer, runLoad } from "../load/load.ts";
import type { Sample } from "../load/sample.ts";
import { Writer } from "../load/writes.ts";
import { type ProbeName, preparations, probes } from "../probes/probe.ts";
import { type Lab, startLab } from "./lab.ts";
import { isNamed } from "./parts.ts";
import { readMetrics } from "./read-metrics.ts";
import type { MemorySample, PhaseName, RunEvent, RunRecord, Span } from "./run-record.ts";
import { watchMemory } from "./watch-memory.ts";

export interface RunOptions {
  readonly seed: number;
  /** Default: the experiment itself. */
  readonly control?: Control;
  readonly onPhase?: (phase: RunPhase) => void;
  /** Ends the run at once: it throws the signal's reason, when nothing is left running. */
  readonly signal?: AbortSignal | undefined;
}

export type RunPhase = PhaseName | "starting" | "checking";

const warmUpMs = 4_000;
const writePatienceMs = 30_000;
const firstTasksEach = 20;

/** Runs an experiment, or a negative control of it, on a stack of its own, and resolves to all that was seen. */
export async function runExperiment(experiment: Experiment, options: RunOptions): Promise<RunRecord> {
  const { seed, control, onPhase = () => {}, signal } = options;
  const faults = control?.faults ?? experiment.faults;
  const probe = control?.probe ?? experiment.probe;
  onPhase("starting");
  if (probe) await preparations[probe]?.();
  await using lab = await startLab({
    ...{ seed, signal, env: envOf(experiment, control) },
    isProxied: (part) => faults.some((fault) => isAbout(fault, part)),
  });
  const ending = new AbortController();
  using cleanUp = new DisposableStack();
  cleanUp.defer(() => ending.abort()); // before the lab ends, whatever happens
  return await Promise.race([
    observe(experiment, { lab, faults, control, probe, onPhase, ending }),
    interruption(signal, cleanUp),
  ]);
}

/** Never resolves; throws the signal's reason. */
function interruption(signal: AbortSignal | undefined, cleanUp: DisposableStack): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  cleanUp.defer(() => signal?.removeEventListener("abort", onAbort));
  if (signal?.aborted) onAbort();
  return promise;
}

async function observe(experiment: Experiment, course: Course): Promise<RunRecord> {
  const { lab, control, onPhase, ending } = course;
  const { client, accounts } = lab;
  const random = lab.randomFor("load");
  const plan = { hasKeys: true, patienceMs: writePatienceMs, ...experiment.load, ...control?.load };
  const writer = new Writer(client, lab.ledger, plan, random);
  await writer.seed(accounts, firstTasksEach);
  if (plan.connections !== undefined) await client.connect(plan.connections);
  const perform = performer({ client, accounts, writer, ledger: lab.ledger, random, mix: plan.mix });
  const capacity = typeof plan.perSecond === "number" ? undefined : await measureCapacity(perform);
  const samples: Sample[] = [];
  const begunAt = performance.now() + warmUpMs;
  const load = runLoad({
    perform,
    perSecond: () => lab.traffic * rateOf(experiment.load, capacity),
    signal: ending.signal,
    onSample: (sample) => samples.push({ ...sample, at: sample.at - begunAt }),
  });
  load.catch(() => {}); // it is awaited below
  const memory: MemorySample[] = [];
  const watching = watchMemory(lab, (sample) => memory.push(sample), ending.signal);
  const renewing = keepSignedIn(lab.client, lab.accounts, ending.signal);
  await delay(warmUpMs);
  lab.begin();
  const { phases, metrics, observations } = await goThroughPhases(experiment, course);
  onPhase("checking");
  ending.abort();
  await Promise.all([load, watching, renewing]);
  const stored = await readTasks(lab.stack.mongodb.uri, lab.stack.databases.tasks);
  const { ledger } = lab;
  const fates = ["sent", "acknowledged", "refused", "unknown"] as const;
  return {
    ...{ phases, metrics, memory },
    observations: { ...observations, ...(capacity !== undefined && { capacity }) },
    events: lab.events.filter(({ at, kind }) => at >= 0 || isBad(kind)),
    samples: samples.filter(({ at }) => at >= 0),
    findings: checkLedger(ledger.tasks, ofRun(stored, ledger, lab.accounts)),
    writes: Object.fromEntries(fates.map((fate) => [fate, ledger.count(fate)])) as RunRecord["writes"],
  };
}

const rateOf = ({ perSecond }: LoadPlan, capacity = Number.NaN) =>
  typeof perSecond === "number" ? perSecond : perSecond.ofCapacity * capacity;

/** What counts whenever it happens, also while the product warms up. */
const isBad = (kind: RunEvent["kind"]) => kind === "process-died" || kind === "unhandled-error";

interface Course {
  readonly lab: Lab;
  readonly faults: readonly Fault[];
  readonly control: Control | undefined;
  readonly probe: ProbeName | undefined;
  readonly onPhase: (phase: RunPhase) => void;
  readonly ending: AbortController;
}

async function goThroughPhases(
  { seconds }: Experiment,
  { lab, faults, probe, onPhase }: Course,
): Promise<Pick<RunRecord, "phases" | "metrics" | "observations">> {
  const { stack, now } = lab;
  const undos: Undo[] = [];
  const before = await span(now, seconds.before, () => onPhase("before"));
  const metricsBefore = await readMetrics(stack);
  let observations: Record<string, number> = {};
  const during = await span(now, seconds.during, async () => {
    onPhase("during");
    for (const fault of faults) undos.unshift(await inject(fault, lab));
    if (probe) observations = await probes[probe](lab);
  });
  const metrics = { before: metricsBefore, during: await readMetrics(stack) };
  const after = await span(now, seconds.after, async () => {
    onPhase("after");
    for (const undo of undos) await undo();
  });
  return { phases: { before, during, after }, metrics, observations };
}

/** At least so many seconds, and as long as the work takes. */
async function span(now: () => number, seconds: number, work: () => unknown): Promise<Span> {
  const from = now();
  await Promise.all([work(), delay(seconds * 1_000)]);
  return { from, to: now() };
}

function isAbout(fault: Fault, part: string): boolean {
  if (fault.kind === "mixed") return fault.faults.some((one) => isAbout(one, part));
  if (fault.kind === "passing") return isAbout(fault.fault, part);
  return fault.kind === "link" && isNamed(fault.target, part);
}
