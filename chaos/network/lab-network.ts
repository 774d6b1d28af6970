import type { Network } from "@tareas/local-stack/network";
import type { Random } from "../random.ts";
import type { LinkFault } from "./link-fault.ts";
import { openTcpBalancer } from "./tcp-balancer.ts";
import { openTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

export interface LabNetwork extends Network, AsyncDisposable {
  /** Makes something go wrong on the way to a part ("users-0", "mongod-1"), or nothing any more. Throws for one without a proxy. */
  setFault(part: string, fault: LinkFault | undefined): void;
}

export interface LabNetworkOptions {
  /** Whether a proxy stands in front of a part: those that need none are reached directly, as in production. */
  readonly isProxied: (part: string) => boolean;
  readonly random: Random;
  /** A balancer has taken a server out, or in again. */
  readonly onBalance: (service: string, port: number, isReady: boolean) => void;
}

/** What lies between the parts in the lab: TCP proxies where faults shall be, and a TCP balancer in front of each service. */
export function createLabNetwork({ isProxied, random, onBalance }: LabNetworkOptions): LabNetwork {
  const opened = new AsyncDisposableStack();
  const proxies = new Map<string, TcpProxy>();
  return {
    async link(part, port) {
      if (!isProxied(part)) return port;
      const proxy = opened.use(await openTcpProxy(port, random));
      proxies.set(part, proxy);
      return proxy.port;
    },
    async balance(service, ports) {
      const onChange = (port: number, isReady: boolean) => onBalance(service, port, isReady);
      return opened.use(await openTcpBalancer(ports, onChange)).port;
    },
    setFault(part, fault) {
      const proxy = proxies.get(part);
      if (!proxy) throw new RangeError(`there is no proxy in front of ${part}`);
      proxy.set(fault);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
