import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { serviceNames } from "@tareas/local-stack/services";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { putLoad, summarise } from "../overload/load.ts";
import { noSharing, requestsOfNewPeople } from "../overload/people.ts";

/** Takes the place of a Zipkin. */
export interface Receiver extends Disposable {
  readonly url: string;
  spans(): Promise<number>;
}

export async function startReceiver(): Promise<Receiver> {
  const child = fork(join(import.meta.dirname, "receiver.ts"));
  const said = async <T>() => (await once(child, "message"))[0] as T;
  const url = await said<string>();
  return {
    url,
    async spans() {
      const count = said<number>();
      child.send("spans");
      return count;
    },
    [Symbol.dispose]: () => child.disconnect(),
  };
}

/** What a stack does when as many answers are asked of it as it can give. */
export interface Capacity {
  /** Whole answers. */
  readonly perSecond: number;
  /** How long an answer keeps a processor busy in the three servers, in milliseconds: other programs hardly change that. */
  readonly processorMs: number;
}

export interface LoadedStack extends AsyncDisposable {
  capacity(forMs: number): Promise<Capacity>;
}

const inFlight = 16;

/** The product with people and their tasks, and with these settings of all servers. */
export async function startLoadedStack(env: NodeJS.ProcessEnv): Promise<LoadedStack> {
  await using resources = new AsyncDisposableStack();
  const all = { LOG_LEVEL: "info", ...noSharing, ...env };
  const stack = resources.use(await startStack({ env: { router: all, users: all, tasks: all } }));
  const requests = await requestsOfNewPeople(stack.router.url);
  const owned = resources.move();
  return {
    async capacity(forMs) {
      const load = { url: stack.router.url, requests, perSecond: 0, inFlight, forMs, patienceMs: 5_000 };
      const before = await processorSeconds(stack);
      const { goodputPerSecond: perSecond, ...rest } = summarise(await putLoad(load), forMs);
      const usedSeconds = (await processorSeconds(stack)) - before;
      if (rest.partial + rest.refused + rest.failed > 0) console.log(`not all went well: ${JSON.stringify(rest)}`);
      return { perSecond, processorMs: (usedSeconds * 1_000_000) / (perSecond * forMs) };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Of all servers since they were started. */
async function processorSeconds(stack: Stack): Promise<number> {
  const pages = serviceNames.map(async (name) => (await fetch(`${stack[name].metricsUrl}/metrics`)).text());
  const seconds = (await Promise.all(pages)).map((page) => /^process_cpu_seconds_total (\S+)/m.exec(page)?.[1]);
  return seconds.reduce((sum, one) => sum + Number(one), 0);
}
