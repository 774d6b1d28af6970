import { connect } from "node:net";
import { join } from "node:path";
import type { Guardian } from "../process/guardian.ts";
import { type Death, SupervisedProcess } from "../process/supervised-process.ts";
import type { OnStackEvent } from "../stack-events.ts";

export const replicaSetName = "tareas";

export interface MongodOptions {
  name: string;
  binary: string;
  port: number;
  folder: string;
  logFile: string;
  restart: boolean;
  niceness: number;
  /** Data that nobody will read again needs no orderly end. */
  throwAway: boolean;
  /** With it, whoever connects has to sign in; the members know each other by what this file holds. */
  keyFile?: string;
  /** Set beside ours, or instead of them. */
  parameters?: Readonly<Record<string, string>>;
  guardian?: Guardian;
  signal?: AbortSignal;
  onEvent?: OnStackEvent;
}

/** A mongod as a supervised process, not started yet; ready when it listens. */
export function mongodProcess(options: MongodOptions): SupervisedProcess {
  const { name, binary, port, restart, niceness, guardian, signal, onEvent } = options;
  return new SupervisedProcess({
    name,
    command: binary,
    args: mongodArguments(options),
    isReady: () => isListening(port),
    readyTimeoutMs: 60_000,
    stopGraceMs: options.throwAway ? 0 : 20_000,
    restart,
    niceness,
    explain: (death) => explainDeath(death, options),
    ...(guardian && { guardian }),
    ...(signal && { signal }),
    ...(onEvent && { onEvent }),
  });
}

function mongodArguments({ port, folder, logFile, keyFile, parameters }: MongodOptions): string[] {
  const settings = {
    diagnosticDataCollectionEnabled: "false",
    // On SIGTERM it would wait 15 s for clients to go elsewhere; ours are gone by then.
    shutdownTimeoutMillisForSignaledShutdown: "100",
    // A transaction whose process was killed keeps its documents locked for this long; the default is a minute.
    transactionLifetimeLimitSeconds: "5",
    ...parameters,
  };
  return [
    ...["--replSet", replicaSetName, "--bind_ip", "127.0.0.1", "--port", String(port), "--nounixsocket"],
    ...["--dbpath", folder, "--wiredTigerCacheSizeGB", "0.25", "--oplogSize", "128"],
    ...["--quiet", "--logpath", logFile, "--logappend"],
    ...(keyFile === undefined ? [] : ["--auth", "--keyFile", keyFile]),
    ...Object.entries(settings).flatMap(([name, value]) => ["--setParameter", `${name}=${value}`]),
  ];
}

/** The exit codes are listed in https://www.mongodb.com/docs/manual/reference/exit-codes/ */
function explainDeath({ code, how }: Death, { port, folder, logFile }: MongodOptions): string {
  switch (code) {
    case 48:
      return `port ${port} is taken`;
    case 62:
      return `the data in ${folder} was made by another version of MongoDB: take that version, or move the folder away`;
    case 100:
      return `the data in ${folder} cannot be opened (is another mongod using it?): see ${logFile}`;
    default:
      return `ended with ${how}: see ${logFile}`;
  }
}

function isListening(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ port, host: "127.0.0.1", timeout: 1_000 });
  const answer = (listening: boolean) => {
    socket.destroy();
    resolve(listening);
  };
  socket.once("connect", () => answer(true));
  socket.once("error", () => answer(false));
  socket.once("timeout", () => answer(false));
  return promise;
}

/** The folder of one member's data inside the replica set's. */
export const memberFolder = (dataDir: string, index: number) => join(dataDir, `member-${index}`);
