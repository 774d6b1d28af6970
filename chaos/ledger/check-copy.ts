import { checkLedger, type Findings, type StoredTask } from "./check-ledger.ts";
import type { LedgerTask, LedgerWrite } from "./ledger.ts";

/** What a copy of the databases holds. */
export interface StoredCopy {
  readonly tasks: readonly StoredTask[];
  /** The Idempotency-Keys of the writes whose results it holds. */
  readonly keys: ReadonlySet<string>;
  /** The ids of the accounts. */
  readonly accounts: ReadonlySet<string>;
  /** By owner, how many writes their record counts. */
  readonly ownersWrites: ReadonlyMap<string, number>;
  readonly lists: readonly StoredList[];
}

export interface StoredList {
  readonly ownerId: string;
  /** How many tasks have come into it. */
  readonly taskWrites: number;
  /** The places of its tasks, which order them. */
  readonly positions: readonly string[];
}

/** Somebody whom the load has registered. */
export interface Registration {
  readonly id: string;
  readonly sentAt: number;
  readonly settledAt: number;
}

export interface History {
  readonly tasks: readonly LedgerTask[];
  readonly registrations: readonly Registration[];
}

/** Between which times a copy was made, on the clock of the ledger. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface CopyFindings extends Findings {
  /** What is missing though something is there that was sent when the missing was already acknowledged. */
  readonly torn: readonly string[];
  /** What counts, orders or names others, and does it wrongly. */
  readonly broken: readonly string[];
}

/**
 * Whether a copy that was made while the load went on is the whole of one moment, of which nobody knows but that it lies in the
 * span. What was acknowledged before the span has to be there, and what was sent behind it can't be. In between anything may be
 * there or not, as long as there was a moment at which it was so: of two writes of which one was acknowledged before the other
 * was sent, the later is never there alone (a consistent cut). And nothing is done by half: the result that a write left
 * under its Idempotency-Key says that it is there, and tasks, counts and places have to be as just these writes make them.
 */
export function checkCopy({ tasks, registrations }: History, copy: StoredCopy, span: Span): CopyFindings {
  const isThere = (write: LedgerWrite) => copy.keys.has(write.idempotencyKey ?? "");
  const kept = tasks.map((task) => ({ ...task, writes: task.writes.map((write) => asKept(write, isThere(write))) }));
  const { lost, doubled, unexpected, crossed } = checkLedger(kept, copy.tasks);
  const events = [
    ...tasks.flatMap((task) => task.writes.map((write) => eventOf(task, write, isThere(write)))),
    ...registrations.map((one) => ({ ...one, name: one.id, isThere: copy.accounts.has(one.id), isRefused: false })),
  ];
  const latest = Math.max(...events.filter((event) => event.isThere).map(({ sentAt }) => sentAt));
  const missingSince = (time: number) =>
    events.filter((event) => !event.isThere && (event.settledAt ?? Number.POSITIVE_INFINITY) < time);
  const tooMuch = events.filter((event) => event.isThere && (event.isRefused || event.sentAt > span.to));
  const strangers = copy.keys.size - kept.flatMap(({ writes }) => writes).filter(isKept).length;
  return {
    lost: [...lost, ...namesOf(missingSince(span.from))],
    torn: namesOf(missingSince(latest)),
    doubled,
    unexpected: [...unexpected, ...namesOf(tooMuch), ...(strangers === 0 ? [] : [`${strangers} unknown keys`])],
    crossed,
    broken: [...miscounted(kept, copy), ...misplaced(copy), ...orphaned(copy)],
  };
}

/** A write as the copy's own word of it has it: done, or not. */
const asKept = (write: LedgerWrite, isThere: boolean): LedgerWrite => ({
  ...write,
  fate: isThere ? "acknowledged" : "refused",
});

const isKept = ({ fate }: LedgerWrite) => fate === "acknowledged";

interface Event {
  readonly name: string;
  readonly sentAt: number;
  /** Of what was acknowledged. */
  readonly settledAt?: number;
  readonly isRefused: boolean;
  readonly isThere: boolean;
}

function eventOf({ marker, writes }: LedgerTask, write: LedgerWrite, isThere: boolean): Event {
  const { kind, sentAt, settledAt, fate } = write;
  const acknowledged = fate === "acknowledged" && settledAt !== undefined ? { settledAt } : {};
  return {
    name: `${marker}: ${kind} ${writes.indexOf(write)}`,
    sentAt,
    ...acknowledged,
    isRefused: fate === "refused",
    isThere,
  };
}

const namesOf = (events: readonly Event[]) => events.map(({ name }) => name);

/** A write counts up its owner's record, and the list into which it puts a task; the making of the first list is one, too. */
function miscounted(kept: readonly LedgerTask[], { lists, ownersWrites }: StoredCopy): string[] {
  const byOwner = Map.groupBy(kept, ({ ownerId }) => ownerId);
  const writesOf = (ownerId: string) => (byOwner.get(ownerId) ?? []).flatMap(({ writes }) => writes.filter(isKept));
  const owners = [...ownersWrites].filter(([ownerId, count]) => {
    const ownLists = lists.filter((list) => list.ownerId === ownerId);
    return count !== writesOf(ownerId).length + ownLists.length;
  });
  const ofLists = lists.filter(
    ({ ownerId, taskWrites }) => taskWrites !== writesOf(ownerId).filter(({ kind }) => kind === "create").length,
  );
  return [
    ...owners.map(([ownerId]) => `the count of writes of ${ownerId}`),
    ...ofLists.map(({ ownerId }) => `the count of tasks of the list of ${ownerId}`),
  ];
}

const misplaced = ({ lists }: StoredCopy) =>
  lists
    .filter(({ positions }) => new Set(positions).size < positions.length)
    .map(({ ownerId }) => `two tasks of ${ownerId} in one place`);

/** Users and tasks are two databases, and have to be of the same moment. */
function orphaned({ accounts, lists, ownersWrites, tasks }: StoredCopy): string[] {
  const owners = new Set([...ownersWrites.keys(), ...[...lists, ...tasks].map(({ ownerId }) => ownerId)]);
  return [
    ...[...owners]
      .filter((ownerId) => !accounts.has(ownerId))
      .map((ownerId) => `what belongs to ${ownerId}, whom nobody knows`),
    ...[...owners]
      .filter((ownerId) => !ownersWrites.has(ownerId) || !lists.some((list) => list.ownerId === ownerId))
      .map((ownerId) => `${ownerId} without a record or a list`),
  ];
}
