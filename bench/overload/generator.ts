import { readFileSync } from "node:fs";
import { Pool } from "undici";
import type { Load, Outcome } from "./load.ts";

// A process of its own, so that what it measures is not held up by what it measures. Takes a Load in JSON on its
// standard input, and prints a line of JSON: what became of each request.

const { url, requests, perSecond, inFlight, forMs, patienceMs } = JSON.parse(readFileSync(0, "utf8")) as Load;
const keptConnections = 256;
const pool = new Pool(url, { connections: 1_000, pipelining: 1 });
const outcomes: Outcome[] = [];
const working = new Set<Promise<void>>();
let turn = 0;
const hundredths = (ms: number) => Math.round(ms * 100) / 100;

async function send(dueAt: number): Promise<void> {
  const { path = "/graphql", headers = {}, body } = requests[turn++ % requests.length] ?? {};
  let outcome: Outcome["outcome"] = "failed";
  try {
    const answer = await pool.request({
      path,
      method: body === undefined ? "GET" : "POST",
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      body: body ?? null,
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await answer.body.text();
    if (answer.statusCode === 503) outcome = "refused";
    else if (answer.statusCode < 400 && !text.includes('"errors"')) outcome = "whole";
    else outcome = "partial";
  } catch {
    // No answer in time: "failed".
  }
  outcomes.push({ outcome, ms: hundredths(performance.now() - dueAt), atMs: Math.round(dueAt - startedAt) });
}

function start(dueAt: number): Promise<void> {
  const work = send(dueAt).finally(() => working.delete(work));
  working.add(work);
  return work;
}

// Clients that are there keep their connections. (Node accepts one new connection in each turn of its event loop, so that
// many new ones at once wait, whatever the server does with their requests.)
const openConnections = async () => {
  const answers = Array.from({ length: keptConnections }, () => pool.request({ path: "/health/live", method: "GET" }));
  for (const { body } of await Promise.all(answers)) await body.dump();
};

await openConnections();
const startedAt = performance.now();
const endsAt = startedAt + forMs;

/** So many at a time, each after the one before. */
const oneByOne = async () => {
  while (performance.now() < endsAt) await start(performance.now());
};

/** So many a second, whatever becomes of them; a request's time begins when it is due, sent or not. */
function inTime(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((Math.min(performance.now(), endsAt) - startedAt) * perSecond) / 1_000);
    for (; sent < due; sent++) void start(startedAt + (sent * 1_000) / perSecond);
    if (performance.now() < endsAt) return;
    clearInterval(timer);
    resolve();
  }, 1);
  return promise;
}

if (inFlight > 0) await Promise.all(Array.from({ length: inFlight }, oneByOne));
else await inTime();
await Promise.all(working);
await pool.destroy();
console.log(JSON.stringify(outcomes));
