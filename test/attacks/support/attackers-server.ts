import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server of the attacker's, on the loopback interface, that answers everything with one document. */
export async function serve(document: string) {
  let asked = 0;
  const server = createServer((_, answer) => {
    asked += 1;
    answer.end(document);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/keys`,
    wasAsked: () => asked > 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
