import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { startStack } from "@tareas/local-stack/start-stack";
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

export interface LoadedStack extends AsyncDisposable {
  /** Whole answers per second, when as many as can be served are asked for. */
  capacity(forMs: number): Promise<number>;
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
      const { goodputPerSecond, ...rest } = summarise(await putLoad(load), forMs);
      if (rest.partial + rest.refused + rest.failed > 0) console.log(`not all went well: ${JSON.stringify(rest)}`);
      return goodputPerSecond;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
