import { StartError } from "./settings.ts";

/** All of a program that does one thing and ends: what the operator can mend is one line on standard error and exit code 1. */
export async function runTool(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
