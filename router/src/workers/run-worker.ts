import { type RunningServer, runServer, startErrorOf } from "@tareas/service-kit/http/run-server";
import { createLog, type Log } from "@tareas/service-kit/log";
import { createRegistry, type Metrics, type StatusPage } from "@tareas/service-kit/metrics/metrics-server";
import type { RouterConfig } from "../config.ts";
import { startRouter } from "../server.ts";
import { isReportPlease, type WorkerMessage } from "./messages.ts";

/**
 * The life of one of several router processes: as that of a router alone, but what it counts, and why it does not start, is
 * told to the primary. It ends when the primary does: Node sees to that.
 */
export async function runWorker(read: () => RouterConfig): Promise<void> {
  const { url } = await runServer(() => startWorker(read));
  await tell({ kind: "ready", url });
}

async function startWorker(read: () => RouterConfig): Promise<RunningServer> {
  try {
    const config = read();
    const log = createLog("router", config.LOG_LEVEL, { sharesOutput: true }).child({ pid: process.pid });
    const router = await startRouter(config, { log, createMetrics: reportedMetrics });
    return { ...router, name: "router worker" };
  } catch (error) {
    const refusal = startErrorOf(error);
    if (!refusal) throw error;
    await tell({ kind: "refused", reason: refusal.message });
    return process.exit(1);
  }
}

/** Metrics that the primary asks for and shows. */
function reportedMetrics(_: Log, { sections }: StatusPage): Metrics {
  const registry = createRegistry();
  const answer = async (message: unknown) => {
    if (!isReportPlease(message)) return;
    await tell({ kind: "report", metrics: await registry.getMetricsAsJSON(), sections: sections() });
  };
  return {
    registry,
    async listen() {
      process.on("message", answer);
    },
    async [Symbol.asyncDispose]() {
      process.off("message", answer);
      registry.clear();
    },
  };
}

/** Resolves once it is on its way, or can't be: a primary that has gone takes this process with it. */
const tell = (message: WorkerMessage) => new Promise<void>((resolve) => process.send?.(message, () => resolve()));
