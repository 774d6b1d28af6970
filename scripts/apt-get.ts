import { execFile } from "node:child_process";
import { promisify } from "node:util";

const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };

/** Runs Debian's apt-get, which says nothing and asks nothing. Throws what it says when it fails. */
export const aptGet = (args: readonly string[], cwd?: string) =>
  promisify(execFile)("apt-get", ["-qq", ...args], { env, cwd, maxBuffer: 64 * 1_048_576 });
