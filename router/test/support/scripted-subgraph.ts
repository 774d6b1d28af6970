import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Received {
  readonly query: string;
  readonly variables: { readonly representations?: { readonly id: string; readonly __typename: string }[] };
  readonly headers: IncomingHttpHeaders;
}

type Reply = object | ((response: ServerResponse) => void);

/**
 * A subgraph of a foreign make: an HTTP server that answers as the test says, well or badly.
 * A reply is the GraphQL response, or a function that does what it likes with the HTTP response.
 */
export async function scriptedSubgraph(answer: (request: Received) => Reply) {
  const state = { answer, received: [] as Received[] };
  const server = createServer(async (incoming, response) => {
    const request = { ...JSON.parse(await text(incoming)), headers: incoming.headers } as Received;
    state.received.push(request);
    const reply = state.answer(request);
    if (typeof reply === "function") return reply(response);
    response.setHeader("content-type", "application/json").end(JSON.stringify(reply));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    state,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
