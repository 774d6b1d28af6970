import { readMongodSettings, readStartSettings } from "./config.ts";
import { watchNpm } from "./process/npm-watch.ts";
import { runProduct } from "./run-product.ts";
import { StartFailure } from "./start-failure.ts";
import { openTerminal } from "./terminal/terminal.ts";

const terminal = openTerminal({ stream: process.stdout });
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());

try {
  const settings = readStartSettings();
  await watchNpm(() => stop.abort());
  await runProduct({ settings, mongod: readMongodSettings(), terminal, stop: stop.signal });
} catch (error) {
  if (!(error instanceof StartFailure)) throw error;
  terminal.fail(error.message);
  process.exitCode = 1;
}
