import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Answered, Saturation } from "./saturate.ts";

const script = join(import.meta.dirname, "requests.lua");
const run = promisify(execFile);
const maxThreads = 4;

/** Whether there is a wrk (https://github.com/wg/wrk, version 4). Without it a slower generator of ours takes its place. */
export const hasWrk = () =>
  run("wrk", ["-v"]).then(
    () => true,
    (error) => error.code !== "ENOENT",
  );

/** Keeps so many requests on their way, by wrk. */
export async function saturateByWrk({ url, requests, connections, forMs }: Saturation): Promise<Answered> {
  const { origin, pathname } = new URL(url);
  const threads = Math.min(maxThreads, availableParallelism());
  const { stdout } = await run("wrk", [
    ...[`-t${threads}`, `-c${connections}`, `-d${Math.ceil(forMs / 1_000)}`, "--timeout", "10", "-s", script, origin],
    ...["--", requests.bodiesFile, requests.viewers.tokensFile, pathname],
  ]);
  const line = stdout.split("\n").find((one) => one.startsWith("{"));
  if (line === undefined) throw new Error(`wrk says nothing of its requests: ${stdout}`);
  const { durationUs, ...answered } = JSON.parse(line);
  return { ...answered, durationMs: durationUs / 1_000 };
}
