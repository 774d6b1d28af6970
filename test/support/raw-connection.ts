import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A TCP connection on which a test writes, and leaves unread, what no HTTP client would. */
export class RawConnection implements Disposable {
  readonly #socket: Socket;
  readonly #closed = Promise.withResolvers<string>();
  #received = "";
  #dripping: NodeJS.Timeout | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("latin1");
    socket.on("error", () => {}); // a reset is one of the ways to be closed
    socket.on("close", () => {
      clearInterval(this.#dripping);
      this.#closed.resolve(this.#received);
    });
  }

  /** A connection to the server at `url` that reads what it is sent, unless it is not to. */
  static async open(url: string, { reads = true } = {}): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, "connect");
    const connection = new RawConnection(socket);
    if (reads) connection.#read();
    return connection;
  }

  /** All that the server sent, once it has closed the connection. */
  get closed(): Promise<string> {
    return this.#closed.promise;
  }

  /** All that the server sent so far, once `what` is in it. Throws when the connection is closed before. */
  async received(what: RegExp): Promise<string> {
    while (!what.test(this.#received)) {
      if (this.#socket.closed) throw new Error(`closed before ${what} came: ${this.#received}`);
      await Promise.race([once(this.#socket, "data"), this.closed]);
    }
    return this.#received;
  }

  write(text: string): void {
    this.#socket.write(text);
  }

  /** Writes `text` again and again, a little at a time, for as long as the server puts up with it. */
  drip(text: string, everyMs: number): void {
    this.#dripping = setInterval(() => this.#socket.write(text), everyMs);
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #read(): void {
    this.#socket.on("data", (text) => {
      this.#received += text;
    });
  }
}

/** The text of an HTTP/1.1 request. */
export function requestText(method: string, path: string, headers: Record<string, string> = {}, body = ""): string {
  const all = { host: "127.0.0.1", ...headers, ...(body && { "content-length": String(Buffer.byteLength(body)) }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}
