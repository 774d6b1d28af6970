import type { RunEvent } from "./run-record.ts";

const kinds: Readonly<Record<string, RunEvent["kind"]>> = {
  "the endpoint is left out: its calls fail": "breaker-opened",
  "the endpoint is used again": "breaker-closed",
  "internal error": "internal-error",
  "unhandled error: the process ends": "unhandled-error",
};

/** What a line of a server's log (JSON, by pino) says of its protection at work; undefined for most lines. */
export function eventOfLine(process: string, line: string): Omit<RunEvent, "at"> | undefined {
  if (!Object.keys(kinds).some((message) => line.includes(message))) return undefined;
  const { msg, subgraph, endpoint, err, failures } = JSON.parse(line);
  const kind = kinds[msg];
  const detail = [subgraph, endpoint, err?.message].filter(Boolean).join(" ");
  return kind && { kind, part: process, detail, ...(failures !== undefined && { failures }) };
}
