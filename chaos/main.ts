/**
 * `npm run chaos`: breaks the product in every way that an experiment knows, and tells whether it held. `--help` lists the
 * options. Exits with 1 when a hypothesis does not stand, 2 when the command line is wrong, and 130 when it was interrupted.
 */
import { StartFailure } from "@tareas/local-stack/start-failure";
import { openTerminal } from "@tareas/local-stack/terminal/terminal";
import { UsageError } from "./arguments.ts";
import { chaos } from "./chaos.ts";
import { experiments } from "./experiments/all.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());

try {
  const { stdout } = process;
  const terminal = openTerminal({ stream: stdout });
  const args = process.argv.slice(2);
  const code = await chaos({ args, experiments, terminal, isTerminal: stdout.isTTY === true, stop: stop.signal });
  // What an interrupted run was waiting for would keep us for some seconds more.
  process.exit(code);
} catch (error) {
  if (!(error instanceof UsageError) && !(error instanceof StartFailure)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
