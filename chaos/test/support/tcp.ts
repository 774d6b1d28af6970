import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { listen } from "../../network/tcp-proxy.ts";

export interface TcpServer extends AsyncDisposable {
  readonly port: number;
  /** The connections that it has taken, in their order. */
  readonly connections: readonly Socket[];
  /** All that has arrived on them. */
  readonly received: () => number;
}

/** A server on the loopback interface that does with each connection what `serve` says. */
export async function startServer(serve: (socket: Socket) => void): Promise<TcpServer> {
  const connections: Socket[] = [];
  let received = 0;
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    connections.push(socket);
    socket.on("error", () => {}); // a reset is what some tests want
    socket.on("data", (data) => {
      received += data.length;
    });
    serve(socket);
  });
  return {
    port: await listen(server),
    connections,
    received: () => received,
    async [Symbol.asyncDispose]() {
      for (const socket of connections) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends back what it gets, and ends when the other side has ended. */
export const echo = (socket: Socket) => void socket.pipe(socket);

export interface TcpClient extends Disposable {
  readonly socket: Socket;
  /** Resolves to all that has come when at least so many bytes have; rejects when the connection ends before. */
  read(bytes: number): Promise<Buffer>;
  /** Resolves to all that has come, when the other side has ended; rejects when the connection is reset. */
  readToEnd(): Promise<Buffer>;
  /** How the connection was closed: "ECONNRESET", or "" for in order. */
  readonly closed: Promise<string>;
}

/** Resolves when it is connected. */
export async function openClient(port: number): Promise<TcpClient> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
  const chunks: Buffer[] = [];
  let length = 0;
  let failure = "";
  socket.on("data", (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    failure = error.code ?? error.message;
  });
  const closed = new Promise<string>((resolve) => socket.once("close", () => resolve(failure)));
  await Promise.race([once(socket, "connect"), closed]);
  const broken = async (): Promise<never> => {
    throw new Error(`the connection was closed: ${await closed}`);
  };
  const all = () => Buffer.concat(chunks);
  return {
    socket,
    closed,
    async read(bytes) {
      while (length < bytes) await Promise.race([once(socket, "data"), broken()]);
      return all();
    },
    async readToEnd() {
      if (!socket.readableEnded) await Promise.race([once(socket, "end"), broken()]);
      return all();
    },
    [Symbol.dispose]: () => void socket.destroy(),
  };
}
