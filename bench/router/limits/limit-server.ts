import { createServer, type IncomingMessage } from "node:http";
import { Pool } from "undici";

/** Sends a body to a subgraph's `/graphql` in the name of whoever asks, and gives the text that it answers. */
export type Fetch = (body: string) => Promise<string>;

export interface Fetches {
  readonly users: Fetch;
  readonly tasks: Fetch;
}

/** How a server of the limits answers: from the body of a request, and its path. */
export type Answer = (body: string, fetches: Fetches, path: string) => Promise<string>;

const connections = 64;

/** Starts a plain HTTP server: no GraphQL, no tokens, no limits, no metrics. Takes the URLs of the subgraphs, and a port. */
export function startLimitServer(answer: Answer): void {
  const [usersUrl = "", tasksUrl = "", port = "0"] = process.argv.slice(2);
  const fetcher = (url: string) => {
    const { origin, pathname } = new URL(url);
    const pool = new Pool(origin, { connections });
    return (authorization: string): Fetch =>
      async (body) => {
        const headers = { "content-type": "application/json", authorization };
        const response = await pool.request({ path: pathname, method: "POST", headers, body });
        return response.body.text();
      };
  };
  const [users, tasks] = [fetcher(usersUrl), fetcher(tasksUrl)];
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const { authorization = "" } = request.headers;
    const fetches = { users: users(authorization), tasks: tasks(authorization) };
    const text = request.method === "POST" ? await answer(body, fetches, request.url ?? "/") : "{}";
    const length = Buffer.byteLength(text);
    response.writeHead(200, { "content-type": "application/json", "content-length": length }).end(text);
  });
  server.keepAliveTimeout = 600_000;
  server.listen(Number(port), "127.0.0.1");
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
