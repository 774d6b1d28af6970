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
 * The life of a server process: starts it, and on SIGTERM or SIGINT drains it, once, and exits with 0. A reason not to
 * start that the operator can mend is one line on standard error and exit code 1. An unhandled error is logged with its
 * cause and ends the process: its state can't be trusted, and whoever supervises it starts it again.
 * Resolves when the server listens, and may be told to end.
 */
export async function runServer(start: () => Promise<RunningServer>): Promise<RunningServer> {
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
  drainOnSignal(server);
  server.log.info({ url: server.url }, `${server.name} ready`);
  return server;
}

/** A later signal is heard too, and changes nothing: without a listener it would end the process in the middle of draining. */
function drainOnSignal(server: RunningServer): void {
  let isDraining = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => {
      if (isDraining) return;
      isDraining = true;
      void drain(server, signal);
    });
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
  const reason = startErrorOf(error);
  if (!reason) throw error;
  process.stderr.write(`${reason.message}\n`);
  process.exit(1);
}

/** What the operator can mend of a failed start, if anything. */
export function startErrorOf(error: unknown): StartError | undefined {
  if (error instanceof StartError) return error;
  const { code, port } = error as { code?: string; port?: number };
  if (code !== "EADDRINUSE") return undefined;
  return new StartError(`Port ${port} is taken by another program: free it, or set another (PORT, METRICS_PORT).`);
}
