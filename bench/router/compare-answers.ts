import { isDeepStrictEqual } from "node:util";
import { Agent, request } from "undici";
import type { Running } from "./contestants/running.ts";
import type { Requests } from "./workloads/requests.ts";

/** A connection for each: servers close those that nobody used while another was asked. */
const dispatcher = new Agent({ pipelining: 0 });

/** So many viewers are asked for: every operation of the mixed workload comes up. */
const compared = 200;

/**
 * Asks two servers the same, and compares what they answer as JSON values. Undefined when all is equal and without errors;
 * otherwise the first difference, in a line.
 */
export async function differenceOf(one: Running, other: Running, requests: Requests): Promise<string | undefined> {
  for (let viewer = 0; viewer < compared; viewer++) {
    const [first, second] = await Promise.all([ask(one, requests, viewer), ask(other, requests, viewer)]);
    for (const [{ contestant }, answer] of [[one, first] as const, [other, second] as const])
      if (answer.problem) return `${contestant.name}: ${answer.problem}`;
    if (!isDeepStrictEqual(first.data, second.data)) return placeOf(first.data, second.data) ?? "the answers differ";
  }
  return undefined;
}

interface Answer {
  readonly data?: unknown;
  readonly problem?: string;
}

async function ask({ contestant, urlFor }: Running, requests: Requests, viewer: number): Promise<Answer> {
  const { workload, bodies, viewers } = requests;
  const { statusCode, body } = await request(urlFor(workload.name), {
    dispatcher,
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${viewers.tokens[viewer]}` },
    body: bodies[viewer] as string,
  });
  const text = await body.text();
  if (statusCode !== 200 || text.includes('"errors"'))
    return { problem: `status ${statusCode}, ${text.slice(0, 200)}` };
  return { data: contestant.answersOneForAll ? undefined : JSON.parse(text).data };
}

/** The first place at which two JSON values differ, by its path. */
function placeOf(one: unknown, other: unknown, path = "data"): string | undefined {
  if (isDeepStrictEqual(one, other)) return undefined;
  if (!isObject(one) || !isObject(other)) return `${path} is ${JSON.stringify(one)} and ${JSON.stringify(other)}`;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  for (const key of keys) {
    const place = placeOf(one[key], other[key], `${path}.${key}`);
    if (place !== undefined) return place;
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
