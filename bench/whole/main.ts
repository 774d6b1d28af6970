/**
 * `npm run bench:whole`: the whole product on a real MongoDB, with accounts of a thousand to a million tasks, beside a small
 * service that does the same without federation. `--help` lists the options. Exits with 1 when a figure is not what is wanted of
 * it, 2 when the command line is wrong, and 130 when it was interrupted.
 */
import { StartFailure } from "@tareas/local-stack/start-failure";
import { UsageError } from "../router/arguments.ts";
import { readArguments, usage } from "./arguments.ts";
import { bench } from "./bench.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());

try {
  const command = readArguments(process.argv.slice(2));
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
