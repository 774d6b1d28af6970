import type { Socket } from "node:net";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { openTcpProxy, type TcpProxy } from "../../network/tcp-proxy.ts";
import { seededRandom } from "../../random.ts";
import { echo, openClient, startServer, type TcpClient, type TcpServer } from "./tcp.ts";

const timeoutMs = 5_000;

/** A server behind a proxy. */
export class Link {
  readonly server: TcpServer;
  readonly proxy: TcpProxy;
  readonly #clients: DisposableStack;

  constructor(server: TcpServer, proxy: TcpProxy, clients: DisposableStack) {
    this.server = server;
    this.proxy = proxy;
    this.#clients = clients;
  }

  /** A client of the server, through the proxy. */
  async connect(): Promise<TcpClient> {
    return this.#clients.use(await openClient(this.proxy.port));
  }

  /** The server's side of the first connection. */
  serverSide(): Promise<Socket> {
    return waitUntil(() => this.server.connections[0], { timeoutMs, what: "the connection" });
  }

  /** Asks on a connection of its own: "answered", or how the connection was closed. */
  async asksOnce(): Promise<string> {
    const client = await this.connect();
    client.socket.write("?");
    return Promise.race([client.closed, client.read(1).then(() => "answered")]).catch(() => client.closed);
  }

  /** Resolves when all that was written on the loopback interface so far has been read, by the proxy above all. */
  async everythingIsRead(): Promise<void> {
    const { received, port } = this.server;
    const before = received();
    using direct = await openClient(port);
    direct.socket.write("ping");
    await waitUntil(() => received() >= before + 4, { timeoutMs, what: "the ping" });
  }
}

/** The links of one test; disposing of them closes all that they hold. */
export class Links implements AsyncDisposable {
  readonly #opened = new AsyncDisposableStack();

  /** Default: a server that sends back what it gets. */
  async open(serve: (socket: Socket) => void = echo): Promise<Link> {
    const server = this.#opened.use(await startServer(serve));
    const proxy = this.#opened.use(await openTcpProxy(server.port, seededRandom(1)));
    const clients = this.#opened.use(new DisposableStack());
    return new Link(server, proxy, clients);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#opened.disposeAsync();
  }
}
