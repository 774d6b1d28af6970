import { connect, createServer, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { answersOk } from "@tareas/local-stack/process/http-ready";
import { listen } from "./tcp-proxy.ts";

/** Spreads connections over the processes of a service, as the load balancer of a cloud does on the transport layer. */
export interface TcpBalancer extends AsyncDisposable {
  readonly port: number;
}

const usualCheckEveryMs = 200;
const checkTimeoutMs = 1_000;
const checkPath = "/health/ready";

/**
 * Opens a balancer over the servers at these ports. Each connection goes to the next server that says that it is ready, and
 * to another when it can't be connected to. `onChange` hears of servers that are taken out or in.
 */
export async function openTcpBalancer(
  targets: readonly number[],
  onChange: (port: number, isReady: boolean) => void,
  checkEveryMs = usualCheckEveryMs,
): Promise<TcpBalancer> {
  const down = new Set<number>();
  const sockets = new Set<Socket>();
  const closing = new AbortController();
  let turn = 0;
  for (const target of targets) void watch(target);

  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    track(client);
    turn += 1;
    const inTurn = targets.map((_, index) => targets[(turn + index) % targets.length] as number);
    passOn(client, [...inTurn.filter((port) => !down.has(port)), ...inTurn.filter((port) => down.has(port))]);
  });

  function passOn(client: Socket, [target, ...others]: readonly number[]): void {
    if (target === undefined) return void client.destroy();
    const upstream = track(connect({ port: target, host: "127.0.0.1", allowHalfOpen: true }));
    const tryOther = () => passOn(client, others);
    upstream.once("error", tryOther);
    upstream.once("connect", () => {
      upstream.off("error", tryOther);
      upstream.once("close", (hadError) => (hadError ? client.resetAndDestroy() : client.destroySoon()));
      client.once("close", (hadError) => (hadError ? upstream.resetAndDestroy() : upstream.destroySoon()));
      client.pipe(upstream).pipe(client);
    });
  }

  function track(socket: Socket): Socket {
    sockets.add(socket.setNoDelay(true));
    socket.on("error", () => {}); // "close" follows, and that is what counts
    socket.once("close", () => sockets.delete(socket));
    return socket;
  }

  async function watch(target: number): Promise<void> {
    while (!closing.signal.aborted) {
      const isReady = await answersOk(`http://127.0.0.1:${target}${checkPath}`, checkTimeoutMs);
      if (isReady === down.has(target) && !closing.signal.aborted) {
        if (isReady) down.delete(target);
        else down.add(target);
        onChange(target, isReady);
      }
      await delay(checkEveryMs, undefined, { signal: closing.signal }).catch(() => {});
    }
  }

  return {
    port: await listen(server),
    async [Symbol.asyncDispose]() {
      closing.abort();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
