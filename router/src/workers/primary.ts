import cluster from "node:cluster";
import type { RunningServer } from "@tareas/service-kit/http/run-server";
import { createLog } from "@tareas/service-kit/log";
import { metricsServer } from "@tareas/service-kit/metrics/metrics-server";
import type { RouterConfig } from "../config.ts";
import { routerTitle } from "../server.ts";
import { workerSections } from "./status-page.ts";
import { SummedMetrics } from "./summed-metrics.ts";
import { Workers } from "./workers.ts";

/**
 * Starts ROUTER_WORKERS processes that share PORT, and is one router to the outside: one port of metrics, one line when all
 * of them listen, one process to be told to end. (docs/decisions/0030-router-workers.md)
 */
export async function startPrimary(config: RouterConfig): Promise<RunningServer> {
  cluster.setupPrimary({ serialization: "advanced" }); // JSON has no Infinity, which a limit may be
  const log = createLog("router", config.LOG_LEVEL, { sharesOutput: true });
  const sums = new SummedMetrics(() => workers.serving.length);
  const workers = new Workers({ log, onEnd: ({ lastReport }) => sums.leave(lastReport?.metrics) });
  const page = { title: routerTitle, sections: () => workerSections(workers.running) };
  const metrics = metricsServer(log, page, async () => {
    await workers.report();
    return sums.with(workers.running.map(({ lastReport }) => lastReport?.metrics ?? []));
  });

  const close = async () => {
    await workers[Symbol.asyncDispose]();
    await metrics[Symbol.asyncDispose]();
  };
  try {
    await metrics.listen({ host: config.HOST, port: config.METRICS_PORT });
    const url = await workers.start(config.ROUTER_WORKERS);
    return { name: "router", url, log, failed: workers.failed, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}
