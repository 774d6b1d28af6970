import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { promisify } from "node:util";

const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };

/** Runs Debian's apt-get, which says nothing and asks nothing. Throws what it says when it fails. */
export const aptGet = (args: readonly string[], cwd?: string) =>
  promisify(execFile)("apt-get", ["-qq", ...args], { env, cwd, maxBuffer: 64 * 1_048_576 });

/** Whether it may install packages here: it is there, and we are root. */
export const canUseApt = async () => process.getuid?.() === 0 && (await isExecutable("/usr/bin/apt-get"));

export const isExecutable = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
