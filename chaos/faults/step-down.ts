import { setTimeout as delay } from "node:timers/promises";
import type { Stack } from "@tareas/local-stack/start-stack";
import { MongoClient, MongoServerError } from "mongodb";
import type { Lab } from "../lab/lab.ts";
import type { Undo } from "./inject.ts";

const stepDownSeconds = 5;
const catchUpSeconds = 3;

/** Makes the primary give up its part now, and whoever is it then every so many milliseconds, until it is undone. */
export function beginStepDowns({ stack, signal: labEnds }: Pick<Lab, "stack" | "signal">, everyMs: number): Undo {
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, labEnds]);
  const going = (async () => {
    while (!signal.aborted) {
      await stepDown(stack).catch(unlessRefused);
      await delay(everyMs, undefined, { signal }).catch(() => {});
    }
  })();
  going.catch(() => {}); // thrown when it is undone
  return async () => {
    ending.abort();
    await going;
  };
}

/** With no other member that could take over now there is nothing to be done: the next time will do. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof MongoServerError)) throw error;
}

async function stepDown({ mongodb }: Stack): Promise<void> {
  const { port } = await mongodb.primary();
  await using client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`);
  await client.db("admin").command({ replSetStepDown: stepDownSeconds, secondaryCatchUpPeriodSecs: catchUpSeconds });
}
