/**
 * `npm run bench`: our router and others side by side, in turn, on one processor each time. `--help` lists the options.
 * Exits with 1 when a figure is not what is wanted of it, 2 when the command line is wrong, and 130 when it was interrupted.
 */
import { StartFailure } from "@tareas/local-stack/start-failure";
import { readArguments, UsageError, usage } from "./arguments.ts";
import { bench, peerNames } from "./bench.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());

try {
  const command = readArguments(process.argv.slice(2), peerNames);
  if (command.isHelp) console.log(usage);
  else process.exitCode = await bench(command, stop.signal);
} catch (error) {
  if (stop.signal.aborted) {
    console.error("interrupted");
    process.exitCode = 130;
  } else if (error instanceof UsageError || error instanceof StartFailure) {
    console.error(error.message);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  } else throw error;
}
