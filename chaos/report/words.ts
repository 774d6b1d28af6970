import type { Env } from "../experiment.ts";
import type { RunEvent } from "../lab/run-record.ts";
import type { About, Report } from "./report.ts";
import type { OperationFigures, PhaseFigures, ReportedVerdict, Result } from "./result.ts";
import { roundDown, roundUp } from "./rounding.ts";
import {
  brokenVerdicts,
  isAsItShouldBe,
  isDisturbed,
  isUnsteady,
  type Runs,
  runsOf,
  type Standing,
  standingOf,
} from "./standing.ts";

const nothing = "–";

/** The share of complete answers, stale ones too: "99.98 %", rounded down. */
export function success({ count, outcomes }: OperationFigures): string {
  return count === 0 ? nothing : `${roundDown((100 * (outcomes.ok + outcomes.stale)) / count, 2)} %`;
}

/** A share in percent that one would like to be 0, rounded up. */
export const share = (percent: number | null): string => (percent === null ? nothing : `${roundUp(percent, 2)} %`);

/** "85 ms", "1.3 s", rounded up. */
export function duration(ms: number | null): string {
  if (ms === null) return nothing;
  return ms < 1_000 ? `${roundUp(ms, 0)} ms` : `${roundUp(ms / 1_000, 1)} s`;
}

/** "4 min 5 s" */
export function longDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** "60 operations per second (30 tasks, 12 me); watched 5 s before, …" */
export function course({ load, seconds }: About): string {
  const mix = Object.entries(load.mix).map(([name, weight]) => `${weight} ${name}`);
  const phases = `${seconds.before} s before, ${seconds.during} s during, ${seconds.after} s after the faults`;
  return `${load.perSecond} operations per second (${mix.join(", ")}); watched ${phases}`;
}

/** "router: STALE_MAX_AGE_SECONDS=0" */
export const settingsOf = (env: Env): string[] =>
  Object.entries(env).flatMap(([service, values]) =>
    Object.entries(values ?? {}).map(([name, value]) => `${service}: ${name}=${value}`),
  );

/** Why a verdict does not hold, or by what it holds. */
export const verdictLine = ({ what, shown, limit }: ReportedVerdict): string => `${what}: ${shown} (${limit})`;

export const eventLine = ({ kind, part, ms, detail }: RunEvent): string =>
  [kind, part, detail, ms === undefined ? undefined : `after ${duration(ms)}`].filter(Boolean).join(" ");

/** "412 acknowledged, 3 refused, 1 unknown; none lost, doubled, unexpected or crossed" */
export function ledgerLine({ writes, findings }: Pick<Result, "writes" | "findings">): string {
  const fates = Object.entries(writes).filter(([, count]) => count > 0);
  const bad = Object.entries(findings).filter(([, { total }]) => total > 0);
  const words = fates.map(([fate, count]) => `${count} ${fate}`).join(", ") || "no writes";
  const wrong = bad.map(([kind, { total }]) => `${total} ${kind}`).join(", ");
  return `${words}; ${wrong || "none lost, doubled, unexpected or crossed"}`;
}

/** "clean", or what is wrong: "2 lost". */
export function ledgerVerdict({ findings }: Pick<Result, "findings">): string {
  const bad = Object.entries(findings).filter(([, { total }]) => total > 0);
  return bad.map(([kind, { total }]) => `${total} ${kind}`).join(", ") || "clean";
}

export const codesLine = ({ codes }: PhaseFigures): string =>
  Object.entries(codes)
    .map(([code, count]) => `${code} ${count}`)
    .join(", ") || "none";

/** "0123456789ab with local changes" */
export const product = ({ commit, hasLocalChanges }: Report): string =>
  `${commit.slice(0, 12)}${hasLocalChanges ? " with local changes" : ""}`;

export function machineLine({ machine }: Report): string {
  const memory = `${roundDown(machine.memoryBytes / 1_073_741_824, 1)} GiB`;
  const versions = `Node ${machine.nodeVersion}, mongod ${machine.mongodVersion}`;
  return `${machine.cpus} × ${machine.cpuModel}, ${memory}, ${machine.system}; ${versions}; load ${machine.loadAverage.toFixed(1)} at the start`;
}

/** Which experiments, with or without controls, how often: what has to be said to run the same. */
export function settingsLine({ settings, seeds }: Report): string {
  const { only, hasControls, isShort, niceness, everyServer, repeat } = settings;
  const all = isShort ? "some experiments, shortened, without limits in ms" : "all experiments";
  const which = only.length === 0 ? all : only.join(", ");
  const serverSettings = Object.entries(everyServer).map(([name, value]) => `${name}=${value}`);
  const nice = Object.entries(niceness).map(([part, value]) => `${part} ${value}`);
  const controls = hasControls && !isShort ? "with their negative controls" : "without negative controls";
  return `${which}, ${controls}, ${repeat === 1 ? "once" : `${repeat} times`}; seed ${seeds.join(", ")}; niceness: ${nice.join(", ")}; every server with ${serverSettings.join(", ")}`;
}

/** The last run of the experiment itself: that of the picture. */
export const lastRun = ({ own }: Runs): Result | undefined => own.at(-1);

/** "12 of 14 hypotheses hold; 1 failed, 1 can't fail." */
export function conclusion(report: Report): string {
  const standings = report.experiments.map(({ name }) => standingOf(runsOf(report, name)));
  const count = (wanted: Standing) => standings.filter((standing) => standing === wanted).length;
  const others = (["failed", "can't fail", "not known"] as const).filter((standing) => count(standing) > 0);
  const rest = others.map((standing) => `${count(standing)} ${standing}`).join(", ");
  const incomplete = report.isComplete ? "" : " It was ended before all was run.";
  const noun = standings.length === 1 ? "hypothesis holds" : "hypotheses hold";
  return `${count("passed")} of ${standings.length} ${noun}${rest && `; ${rest}`}.${incomplete}`;
}

/** How the run of a control ended, in words. */
export function controlLine(result: Result): string {
  const how = isAsItShouldBe(result)
    ? `fails, as it should: ${brokenVerdicts(result).map(verdictLine).join("; ")}`
    : "holds all the same: the experiment can't fail";
  const said = cautions(result);
  return said.length > 0 ? `${said.join(" ")} It ${how}` : how;
}

const unsteadyLine = ({ phases }: Result): string =>
  `Only ${success(phases.before.all)} succeeded before the faults: what this run shows may be due to something else.`;

/** What has to be known of how good a run is as a witness, a line each. */
export function cautions(result: Result): string[] {
  const had = (percent: number | null) => `${roundUp(percent ?? 0, 1)} %`;
  const { setAside, stolenPercent } = result;
  const shares = setAside.map((one) => `${had(one.stolenPercent)}, ${one.wasGood ? "" : "not "}as it should be`);
  return [
    ...(isUnsteady(result) ? [unsteadyLine(result)] : []),
    ...(shares.length > 0
      ? [`Begun anew, as others had had too much of the machine's processors (${shares.join("; ")}).`]
      : []),
    ...(isDisturbed(result) ? [`Others had ${had(stolenPercent)} of the machine's processors.`] : []),
  ];
}

/** What a picture shows, for those who don't see it. */
export function pictureInWords({ phases: { before, during, after }, series }: Result): string {
  const of = (name: string, { all }: PhaseFigures) =>
    `${name} ${success(all)} of ${all.count} operations succeeded, 99 % within ${duration(all.latencyMs.p99)}`;
  const errors = Object.keys(series.codesPerSecond).join(", ") || "none";
  const parts = [of("Before", before), of("during the faults", during), of("after them", after)];
  return `${parts.join("; ")}. Errors: ${errors}.`;
}
