import type { BrowserPerson } from "./browser-person.ts";

/** A task as another device of the same person sees it. */
export interface SeenTask {
  readonly title: string;
  readonly completed: boolean;
  readonly deletedAt: string | null;
  readonly version: number;
}

interface Change {
  readonly make: (person: BrowserPerson) => Promise<void>;
  /** The first words of the title of the task that it is about. */
  readonly task: string;
  readonly hasArrived: (task: SeenTask) => boolean;
}

export const titlesBefore = ["Before one", "Before two", "Before three", "Before four"] as const;
const added = ["Offline one", "Offline two", "Offline three", "Offline four", "Offline five"] as const;
const renamed = (title: string) => `${title}, renamed`;

const add = (task: string): Change => ({ task, make: (person) => person.add(task), hasArrived: () => true });
const rename = (task: string): Change => ({
  task,
  make: (person) => person.rename(task, renamed(task)),
  hasArrived: ({ title }) => title === renamed(task),
});
const complete = (task: string): Change => ({
  task,
  make: (person) => person.complete(task),
  hasArrived: ({ completed }) => completed,
});
const remove = (task: string): Change => ({
  task,
  make: (person) => person.remove(task),
  hasArrived: ({ deletedAt }) => deletedAt !== null,
});

/** What is done before the app is closed and opened again, still offline. */
export const changesBeforeReopening: readonly Change[] = [
  ...added.map(add),
  ...[rename(titlesBefore[0]), complete(titlesBefore[1]), remove(titlesBefore[2])],
  ...[rename(added[0]), complete(added[1]), remove(added[2])],
];
/** And after. */
export const changesAfterReopening: readonly Change[] = [rename(titlesBefore[3]), rename(added[3])];

const copiesOf = (task: string, seen: readonly SeenTask[]) => seen.filter(({ title }) => title.startsWith(task));

/** How many of these changes are not to be seen. */
export const missing = (changes: readonly Change[], seen: readonly SeenTask[]): number =>
  changes.filter(({ task, hasArrived }) => !copiesOf(task, seen).some(hasArrived)).length;

/** How many tasks are there more than once, or were changed more often than anybody has asked for. */
export function doubled(changes: readonly Change[], seen: readonly SeenTask[]): number {
  const tasks = new Set([...titlesBefore, ...changes.map(({ task }) => task)]);
  const isDoubled = (task: string) => {
    const [copy, ...more] = copiesOf(task, seen);
    const isNew = !titlesBefore.some((title) => title === task);
    const most = changes.filter((change) => change.task === task).length + (isNew ? 0 : 1);
    return more.length > 0 || (copy !== undefined && copy.version > most);
  };
  return [...tasks].filter(isDoubled).length;
}
