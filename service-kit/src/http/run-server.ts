import type { Log } from "../log.ts";
import { StartError } from "../settings.ts";

/** A server that listens. Disposing of it drains and closes everything that it opened. */
export interface RunningServer extends AsyncDisposable {
  readonly name: string;
  readonly url: string;
  readonly log: Log;
  /** Rejects when the server finds out later that it can't go on. */
  readonly failed: Promise<never>;
}

/** From the signal until the process ends, come what may. */
export const drainTimeoutMs = 25_000;

/**
 * The life of a server process: starts it, and on SIGTERM or SIGINT drains it and exits with 0. A reason not to start
 * that the operator can mend is one line on standard error and exit code 1. An unhandled error is logged with its cause
 * and ends the process: its state can't be trusted, and whoever supervises it starts it again.
 */
export async function runServer(start: () => Promise<RunningServer>): Promise<void> {
  let server: RunningServer;
  try {
    server = await start();
  } catch (error) {
    return refuse(error);
  }
  const die = (cause: unknown) => {
    if (cause instanceof StartError) return refuse(cause);
    server.log.fatal({ err: cause }, "unhandled error: the process ends");
    process.exit(1);
  };
  process.on("uncaughtException", die);
  process.on("unhandledRejection", die);
  server.failed.catch(die);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void drain(server, signal));
  server.log.info({ url: server.url }, `${server.name} ready`);
}

async function drain(server: RunningServer, signal: string): Promise<void> {
  server.log.info({ signal }, "draining");
  setTimeout(() => {
    server.log.error("draining took too long");
    process.exit(1);
  }, drainTimeoutMs).unref();
  await server[Symbol.asyncDispose]();
  server.log.info("stopped");
  process.exit(0);
}

function refuse(error: unknown): never {
  const { code, port } = error as { code?: string; port?: number };
  if (code === "EADDRINUSE")
    exitWith(`Port ${port} is taken by another program: free it, or set another (PORT, METRICS_PORT).`);
  if (error instanceof StartError) exitWith(error.message);
  throw error;
}

function exitWith(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
