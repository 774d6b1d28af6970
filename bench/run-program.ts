import { StartFailure } from "@tareas/local-stack/start-failure";
import { UsageError } from "./router/arguments.ts";

interface Program<Command extends { readonly isHelp: boolean }> {
  /** Throws a {@link UsageError} for a command line that is wrong. */
  readonly readArguments: (args: string[]) => Command;
  readonly usage: string;
  /** Resolves to the exit code; ends early when `stop` aborts. */
  readonly bench: (command: Command, stop: AbortSignal) => Promise<number>;
}

/** Runs a benchmark from the command line. Exits with what it says, 2 when the command line is wrong, 130 when interrupted. */
export async function runProgram<Command extends { readonly isHelp: boolean }>(
  program: Program<Command>,
): Promise<void> {
  const { readArguments, usage, bench } = program;
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
}
