import type { ServiceName } from "./services.ts";

/** What lies between the parts of a stack: ports on the loopback interface, at which something may listen and pass on. */
export interface Network {
  /** The port at which the other parts shall reach this one, which listens at `port`. */
  link(part: string, port: number): Promise<number>;
  /** The port at which a service of several processes is reached as one; `ports` are those of its processes. */
  balance(service: ServiceName, ports: readonly number[]): Promise<number>;
}

/** Nothing in between. A service as one is its first process. */
export const direct: Network = {
  link: async (_, port) => port,
  async balance(service, [first]) {
    if (first === undefined) throw new Error(`${service} has no process`);
    return first;
  },
};
