import type { Network } from "./network.ts";
import type { PortBlock } from "./ports.ts";
import type { ServiceName } from "./services.ts";

/** One process of a service. */
export interface Instance {
  readonly service: ServiceName;
  /** "users", or of several "users-0", "users-1". */
  readonly name: string;
  /** Where it listens. */
  readonly port: number;
  /** The port at which the other parts reach it. */
  readonly reachedAt: number;
  readonly metricsPort: number;
}

/** A service as others see it: its processes, and the port at which it is reached as one. */
export interface Deployment {
  readonly instances: readonly Instance[];
  readonly entrance: number;
}

export interface DeploymentPlan {
  readonly service: ServiceName;
  readonly replicas: number;
  /** Of the first process; default: any. */
  readonly port: number | undefined;
  readonly metricsPort: number | undefined;
}

/** Chooses the ports of a service's processes, which do not run yet, and how they are reached. */
export async function planDeployment(plan: DeploymentPlan, block: PortBlock, network: Network): Promise<Deployment> {
  const { service, replicas } = plan;
  const instances: Instance[] = [];
  for (let index = 0; index < replicas; index++) {
    const name = replicas === 1 ? service : `${service}-${index}`;
    const port = (index === 0 ? plan.port : undefined) ?? (await block.next());
    const metricsPort = (index === 0 ? plan.metricsPort : undefined) ?? (await block.next());
    instances.push({ service, name, port, metricsPort, reachedAt: await network.link(name, port) });
  }
  const reachedAt = instances.map((instance) => instance.reachedAt);
  return { instances, entrance: replicas === 1 ? (reachedAt[0] as number) : await network.balance(service, reachedAt) };
}
