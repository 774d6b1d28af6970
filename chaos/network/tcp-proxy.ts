import { connect, createServer, type Server, type Socket } from "node:net";
import type { Random } from "../random.ts";
import { type LaneRules, openLane } from "./lane.ts";
import type { LinkFault } from "./link-fault.ts";

/** Stands between two parts and passes on what they say, unless told otherwise. */
export interface TcpProxy extends AsyncDisposable {
  /** Where it listens, on the loopback interface. */
  readonly port: number;
  /** From now on this goes wrong, on open connections too; undefined: nothing. */
  set(fault: LinkFault | undefined): void;
}

/** Opens a proxy to the part that listens at `target`. `random` decides whom faults hit that hit only a share. */
export async function openTcpProxy(target: number, random: Random): Promise<TcpProxy> {
  let fault: LinkFault | undefined;
  const sockets = new Set<Socket>();
  const track = (socket: Socket) => {
    sockets.add(socket.setNoDelay(true));
    socket.on("error", () => {}); // "close" follows, and that is what counts
    socket.once("close", () => sockets.delete(socket));
    return socket;
  };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    track(client);
    const upstream = track(connect({ port: target, host: "127.0.0.1", allowHalfOpen: true }));
    const reset = () => {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    };
    closeTogether(client, upstream);
    closeTogether(upstream, client);
    openLane(
      client,
      upstream,
      rules(() => fault, random, "there"),
      reset,
    );
    openLane(
      upstream,
      client,
      rules(() => fault, random, "back"),
      reset,
    );
  });
  const port = await listen(server);
  return {
    port,
    set: (next) => {
      fault = next;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The other side ends with this one. When this one has ended in order, its lane passes that on behind its last words. */
function closeTogether(one: Socket, other: Socket): void {
  one.once("close", (hadError) => {
    if (hadError) other.resetAndDestroy();
    else if (!one.readableEnded) other.destroySoon();
  });
}

function rules(fault: () => LinkFault | undefined, random: Random, direction: "there" | "back"): LaneRules {
  let freeAt = 0;
  return {
    delayOf(bytes) {
      const now = fault();
      if (now?.kind === "latency") return direction === "back" ? now.ms : 0;
      if (now?.kind !== "bandwidth") return 0;
      freeAt = Math.max(freeAt, performance.now()) + (bytes / now.bytesPerSecond) * 1_000;
      return freeAt - performance.now();
    },
    fateOf() {
      const now = fault();
      if (now?.kind === "black-hole") return "drop";
      if (now?.kind === "reset" && direction === "there" && random() < now.share) return "reset";
      if (now?.kind === "lose-answers" && direction === "back" && random() < now.share) return "reset";
      return "pass";
    },
  };
}

/** Listens on a free port of the loopback interface. */
export async function listen(server: Server): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen({ port: 0, host: "127.0.0.1" }, resolve);
  await promise;
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return address.port;
}
