import type { LedgerTask, LedgerWrite } from "./ledger.ts";

/** A task as the database holds it. */
export interface StoredTask {
  readonly ownerId: string;
  readonly title: string;
  readonly version: number;
  readonly isDeleted: boolean;
}

/** What is wrong with a history, by the markers of the tasks, or the titles of those that no ledger knows. */
export interface Findings {
  /** An acknowledged write that the database does not hold. */
  readonly lost: readonly string[];
  /** A write that was done twice. */
  readonly doubled: readonly string[];
  /** What nobody asked for, or was refused. */
  readonly unexpected: readonly string[];
  /** What is there under another owner. */
  readonly crossed: readonly string[];
}

/**
 * Compares what clients were told with what the database holds. A write of unknown fate may be there or not, but once at
 * most; all others have to be as they were answered. Each create makes version 1, and each later write adds one, so a write
 * that was done twice shows in the version.
 */
export function checkLedger(tasks: readonly LedgerTask[], stored: readonly StoredTask[]): Findings {
  const known = new Map(tasks.map((task) => [task.marker, task]));
  const found = Map.groupBy(stored, ({ title }) => title.split(" ", 1)[0] ?? "");
  const findings = {
    lost: [] as string[],
    doubled: [] as string[],
    unexpected: [] as string[],
    crossed: [] as string[],
  };
  for (const [marker, copies] of found)
    if (!known.has(marker)) findings.unexpected.push(...copies.map(({ title }) => title));
  for (const task of tasks) {
    const verdict = verdictOn(task, found.get(task.marker) ?? []);
    if (verdict) findings[verdict].push(task.marker);
  }
  return findings;
}

function verdictOn(task: LedgerTask, copies: readonly StoredTask[]): keyof Findings | undefined {
  if (copies.some(({ ownerId }) => ownerId !== task.ownerId)) return "crossed";
  const [copy, ...more] = copies;
  if (more.length > 0) return "doubled";
  const [create, ...changes] = task.writes;
  if (!copy) return create?.fate === "acknowledged" ? "lost" : undefined;
  if (create?.fate === "refused") return "unexpected";
  const states = statesAfter(changes, { title: create?.title ?? "", version: 1, isDeleted: false });
  if (states.some((state) => isSame(state, copy))) return undefined;
  const versions = states.map(({ version }) => version);
  if (copy.version > Math.max(...versions)) return "doubled";
  if (copy.version < Math.min(...versions)) return "lost";
  return changes.some(({ fate }) => fate === "acknowledged") ? "lost" : "unexpected";
}

type State = Omit<StoredTask, "ownerId">;

const isSame = (state: State, { title, version, isDeleted }: StoredTask) =>
  state.title === title && state.version === version && state.isDeleted === isDeleted;

/** All states that a task may be in: each write of unknown fate (or still on its way) doubles them. */
function statesAfter(writes: readonly LedgerWrite[], first: State): State[] {
  let states = [first];
  for (const write of writes.filter(({ fate }) => fate !== "refused")) {
    const done = states.map((state) => applied(write, state));
    states = write.fate === "acknowledged" ? done : states.concat(done);
  }
  return states;
}

function applied({ kind, title }: LedgerWrite, state: State): State {
  const version = state.version + 1;
  return kind === "delete"
    ? { ...state, version, isDeleted: true }
    : { ...state, version, title: title ?? state.title };
}
