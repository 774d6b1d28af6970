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
import { type MemorySample, type PhaseName, type RunEvent, type RunRecord, rebased, type Span } from "./run-record.ts";
import { isSteady } from "./steady-state.ts";
import { readProcessorTime, stolenPercent } from "./stolen-time.ts";
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
/** For so long the product may be on its way to its steady state. */
const steadyWithinMs = 120_000;
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
  const perSecond = () => lab.traffic * rateOf(experiment.load, capacity);
  const load = runLoad({ perform, perSecond, signal: ending.signal, onSample: (sample) => samples.push(sample) });
  load.catch(() => {}); // it is awaited below
  const memory: MemorySample[] = [];
  const watching = watchMemory(lab, (sample) => memory.push(sample), ending.signal);
  const renewing = keepSignedIn(lab.client, lab.accounts, ending.signal);
  await delay(warmUpMs);
  const wasSteady = (before: Span) => isSteady(samples, before, perSecond());
  const { observations, ...seen } = await goThroughPhases(experiment, course, wasSteady);
  onPhase("checking");
  ending.abort();
  await Promise.all([load, watching, renewing]);
  const stored = await readTasks(lab.stack.mongodb.uri, lab.stack.databases.tasks);
  const { ledger } = lab;
  const fates = ["sent", "acknowledged", "refused", "unknown"] as const;
  const begunAt = seen.phases.before.from;
  const counts = ({ at }: { readonly at: number }) => at >= begunAt;
  return rebased(begunAt, {
    ...{ ...seen, memory },
    observations: { ...observations, ...(capacity !== undefined && { capacity }) },
    events: lab.events.filter((event) => counts(event) || isBad(event.kind)),
    samples: samples.filter(counts),
    findings: checkLedger(ledger.tasks, ofRun(stored, ledger, lab.accounts)),
    writes: Object.fromEntries(fates.map((fate) => [fate, ledger.count(fate)])) as RunRecord["writes"],
  });
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

/** Times are those of `performance.now()`. */
async function goThroughPhases(
  { seconds }: Experiment,
  { lab, faults, probe, onPhase }: Course,
  wasSteady: (before: Span) => boolean,
): Promise<Pick<RunRecord, "phases" | "metrics" | "observations" | "stolenPercent">> {
  const { stack } = lab;
  const undos: Undo[] = [];
  const before = await steadyState(() => span(seconds.before, () => onPhase("before")), wasSteady);
  const [metricsBefore, processorBefore] = [await readMetrics(stack), await readProcessorTime()];
  let observations: Record<string, number> = {};
  const during = await span(seconds.during, async () => {
    onPhase("during");
    for (const fault of faults) undos.unshift(await inject(fault, lab));
    if (probe) observations = await probes[probe](lab);
  });
  const metrics = { before: metricsBefore, during: await readMetrics(stack) };
  const after = await span(seconds.after, async () => {
    onPhase("after");
    for (const undo of undos) await undo();
  });
  const stolen = stolenPercent(processorBefore, await readProcessorTime());
  return { phases: { before, during, after }, metrics, observations, stolenPercent: stolen };
}

/** The first span in which the product was in its steady state. Throws when it does not get there. */
async function steadyState(watch: () => Promise<Span>, wasSteady: (span: Span) => boolean): Promise<Span> {
  const latest = performance.now() + steadyWithinMs;
  for (;;) {
    const watched = await watch();
    if (wasSteady(watched)) return watched;
    if (performance.now() > latest)
      throw new Error(
        "nothing was broken, since the product did not get into its steady state: is the machine too busy?",
      );
  }
}

/** At least so many seconds, and as long as the work takes. */
async function span(seconds: number, work: () => unknown): Promise<Span> {
  const from = performance.now();
  await Promise.all([work(), delay(seconds * 1_000)]);
  return { from, to: performance.now() };
}

function isAbout(fault: Fault, part: string): boolean {
  if (fault.kind === "mixed") return fault.faults.some((one) => isAbout(one, part));
  if (fault.kind === "passing") return isAbout(fault.fault, part);
  return fault.kind === "link" && isNamed(fault.target, part);
}
