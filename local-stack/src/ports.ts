import { type AddressInfo, createServer, type Server } from "node:net";
import { StartFailure } from "./start-failure.ts";

const host = "127.0.0.1";
// Below the range from which systems take ports for outgoing connections (Linux 32768, macOS 49152): a server that is
// down for a moment must not find its port taken by some client.
const firstPort = 20_000;
const blockSize = 40;
const blockCount = 250;

/** Listens on a port of the loopback interface, or resolves to undefined when it is taken. */
export function tryListen(port: number): Promise<Server | undefined> {
  const { promise, resolve } = Promise.withResolvers<Server | undefined>();
  const server = createServer((socket) => socket.destroy());
  server.once("error", () => resolve(undefined));
  server.listen({ port, host, exclusive: true }, () => resolve(server));
  return promise;
}

/** Whether nobody listens on this port of the loopback interface. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = await tryListen(port);
  if (!server) return false;
  await closeServer(server);
  return true;
}

/** A port of the loopback interface that is free now, for what takes none of a {@link PortBlock}. */
export async function freePort(): Promise<number> {
  const server = await tryListen(0);
  if (!server) throw new StartFailure("there is no free port");
  const { port } = server.address() as AddressInfo;
  await closeServer(server);
  return port;
}

/**
 * Throws a StartFailure when one of these is taken. To be asked before a server is started: one that cannot listen dies,
 * but whoever has the port would answer in its place.
 */
export async function requireFreePorts(ports: number[]): Promise<void> {
  for (const port of ports) if (!(await isPortFree(port))) throw new StartFailure(`port ${port} is taken`);
}

export interface PortBlock extends AsyncDisposable {
  /** The next port of the block that is free now; it stays reserved until the block is disposed of. */
  next(): Promise<number>;
}

/**
 * Reserves a block of ports against every other caller on this machine, for as long as this process lives.
 * The block's first port is listened on as the lock, so that the kernel frees it whatever becomes of us.
 */
export async function reservePorts(): Promise<PortBlock> {
  const start = Math.floor(Math.random() * blockCount);
  for (let step = 0; step < blockCount; step++) {
    const base = firstPort + ((start + step) % blockCount) * blockSize;
    const lock = await tryListen(base);
    if (lock) return portBlock(lock.unref(), base);
  }
  throw new Error("no free block of ports on 127.0.0.1");
}

function portBlock(lock: Server, base: number): PortBlock {
  let port = base;
  return {
    async next() {
      while (++port < base + blockSize) if (await isPortFree(port)) return port;
      throw new Error(`the block of ports at ${base} is used up`);
    },
    [Symbol.asyncDispose]: () => closeServer(lock),
  };
}

function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  return promise;
}
