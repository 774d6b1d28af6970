import { createServer, type IncomingHttpHeaders, request as sendOn } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Overheard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Stands between the router and a subgraph: passes everything on, and remembers what the router sent. */
export interface Wiretap extends AsyncDisposable {
  readonly url: string;
  readonly overheard: Overheard[];
  /** Set-Cookie headers that the subgraph's next answers bring besides its own, as those of a subgraph gone bad. */
  smuggledCookies: string[];
  /** Where it passes on to. */
  subgraphUrl: string;
}

export async function openWiretap(): Promise<Wiretap> {
  const server = createServer(async (incoming, outgoing) => {
    const body = await text(incoming);
    wiretap.overheard.push({ headers: incoming.headers, body });
    const { pathname } = new URL(incoming.url ?? "/", wiretap.url);
    const options = { method: incoming.method, headers: incoming.headers, agent: false } as const;
    const passedOn = sendOn(new URL(pathname, wiretap.subgraphUrl), options, (answer) => {
      const cookies = [...(answer.headers["set-cookie"] ?? []), ...wiretap.smuggledCookies];
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, "set-cookie": cookies });
      answer.pipe(outgoing);
    });
    passedOn.once("error", () => outgoing.destroy());
    passedOn.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const wiretap: Wiretap = {
    url: `http://127.0.0.1:${port}`,
    overheard: [],
    smuggledCookies: [],
    subgraphUrl: "http://127.0.0.1:9",
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return wiretap;
}
