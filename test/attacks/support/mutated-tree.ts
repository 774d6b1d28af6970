import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Edit } from "../attack.ts";

export const repositoryRoot = join(import.meta.dirname, "../../..");
const workspaces = ["service-kit", "subgraphs/users", "subgraphs/tasks", "router"];

export interface MutatedTree extends Disposable {
  readonly root: string;
}

/** The text of a file with an edit made. Throws unless what is to be changed stands in it exactly once. */
export function edited(text: string, { file, from, to }: Edit): string {
  const count = text.split(from).length - 1;
  if (count !== 1) throw new Error(`${file} holds ${JSON.stringify(from)} ${count} times, not once.`);
  return text.replace(from, () => to);
}

/**
 * A copy of the servers' sources with these edits, in a throw-away folder. Packages are links to the installed ones, but
 * `@tareas/*` are the copy's own.
 */
export function mutatedTree(edits: readonly Edit[]): MutatedTree {
  const root = mkdtempSync(join(tmpdir(), "tareas-mutated-"));
  const dispose = () => rmSync(root, { recursive: true, force: true });
  try {
    const isSource = (path: string) => !["node_modules", "test"].includes(basename(path));
    for (const name of workspaces) {
      cpSync(join(repositoryRoot, name), join(root, name), { recursive: true, filter: isSource });
      // What npm could not lift to the top, for another version of it is there.
      const packages = join(repositoryRoot, name, "node_modules");
      if (existsSync(packages)) symlinkSync(packages, join(root, name, "node_modules"));
    }
    linkPackages(root);
    for (const edit of edits) {
      const path = join(root, edit.file);
      writeFileSync(path, edited(readFileSync(path, "utf8"), edit));
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return { root, [Symbol.dispose]: dispose };
}

function linkPackages(root: string): void {
  const installed = join(repositoryRoot, "node_modules");
  const own = join(root, "node_modules");
  mkdirSync(join(own, "@tareas"), { recursive: true });
  for (const name of readdirSync(installed))
    if (name !== "@tareas") symlinkSync(join(installed, name), join(own, name));
  symlinkSync("../../service-kit", join(own, "@tareas/service-kit"));
}
