import { type ServiceName, serviceNames } from "@tareas/local-stack/services";
import type { Stack } from "@tareas/local-stack/start-stack";
import type { MetricValues } from "./run-record.ts";

const timeoutMs = 1_000;
const sample = /^([a-z_:]+(?:\{[^}]*\})?) ([-+.\deINFa]+)$/gm;

/** The metrics of all servers that tell them now, by "part name{labels}". */
export async function readMetrics({ processes }: Stack): Promise<MetricValues> {
  const servers = serviceNames.flatMap((name: ServiceName) => processes[name]);
  const values = await Promise.all(servers.map(async ({ name, metricsUrl }) => metricsAt(metricsUrl, name)));
  return new Map(values.flat());
}

async function metricsAt(url: string, part: string): Promise<[string, number][]> {
  try {
    const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    return [...text.matchAll(sample)].map(([, name, value]) => [`${part} ${name}`, Number(value)]);
  } catch {
    return []; // dead, or hung: a server that is not asked for its metrics has none
  }
}
