import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A mongod that was run once and works. */
export interface MongodBinary {
  path: string;
  /** "6.0.5" */
  version: string;
}

// The oldest that the product is tested with.
const oldestMajor = 6;

/**
 * Runs `<path> --version`. Throws, saying why, when it cannot run on this machine (a missing library, another
 * processor) or is too old.
 */
export async function checkMongod(path: string): Promise<MongodBinary> {
  const { stdout } = await promisify(execFile)(path, ["--version"], { timeout: 20_000 });
  const version = /db version v(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`${path} does not say that it is a mongod`);
  if (Number.parseInt(version, 10) < oldestMajor)
    throw new Error(`${path} is MongoDB ${version}, and at least ${oldestMajor}.0 is needed`);
  return { path, version };
}
