import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { CannedAnswers } from "./canned-answers.ts";
import { viewerKey } from "./placeholders.ts";

// A subgraph, as cheap as it can be: takes its schema, a port, and the file with the tokens of the viewers, and any other files
// that it serves by GET, as path=file. It knows who asks by the token, as one that has verified it.

const [schemaPath = "", port = "", tokensPath = "", ...files] = process.argv.slice(2);
const answers = new CannedAnswers(readFileSync(schemaPath, "utf8"));
const tokens = readFileSync(tokensPath, "utf8").trimEnd().split("\n");
const viewers = new Map(tokens.map((token, index) => [`Bearer ${token}`, viewerKey(index)]));
const served = new Map(
  files.map((entry) => entry.split("=") as [string, string]).map(([path, file]) => [path, readFileSync(file)]),
);

function respond(response: ServerResponse, status: number, body: string | Buffer): void {
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  response.writeHead(status, headers).end(body);
}

async function answer(
  { headers: { authorization = "" } }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const viewer = viewers.get(authorization);
  if (viewer === undefined) return respond(response, 200, '{"errors":[{"message":"who asks?"}]}');
  try {
    respond(response, 200, await answers.answer(JSON.parse(body.toString()), viewer));
  } catch (error) {
    respond(response, 500, JSON.stringify({ errors: [{ message: String(error) }] }));
  }
}

const server = createServer((request, response) => {
  if (request.method === "GET") {
    const file = served.get(new URL(request.url ?? "/", "http://localhost").pathname);
    return respond(response, file || request.url === "/health" ? 200 : 404, file ?? "{}");
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on(
    "end",
    () => void answer(request, chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks), response),
  );
});
// Routers keep their connections while another is measured.
server.keepAliveTimeout = 600_000;
server.listen(Number(port), "127.0.0.1");
