import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

export interface Connections {
  /** Closes those that wait for a request, or for the rest of one. */
  closeWaiting(): void;
}

/**
 * Keeps at most `limit` connections open. One more takes the place of the one that has waited longest for the rest of a
 * request, or for a next one: so those who only hold connections open keep nobody out, and no client at work is cut off.
 * When all of them are being answered, it is the new one that is closed. (Node's own `maxConnections` always closes the
 * new one.)
 */
export function limitConnections(server: Server, limit: number): Connections {
  const open = new Set<Socket>();
  const waiting = new Set<Socket>(); // in the order in which they began to wait
  const beginsToWait = (socket: Socket) => {
    if (open.has(socket)) waiting.add(socket);
  };

  const close = (socket: Socket) => {
    open.delete(socket);
    waiting.delete(socket);
    socket.destroy();
  };

  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => {
      open.delete(socket);
      waiting.delete(socket);
    });
    if (open.size > limit) close(waiting.values().next().value ?? socket);
    beginsToWait(socket);
  });
  server.on("request", (request, response) => {
    const { socket } = request;
    // An answer may come before the request has been read: then the socket waits for the next one already.
    const isWhole = () => response.closed || waiting.delete(socket);
    if (hasBody(request)) request.once("end", isWhole);
    else isWhole();
    response.once("close", () => beginsToWait(socket));
  });
  return {
    closeWaiting: () => {
      for (const socket of waiting) close(socket);
    },
  };
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
