import { startStack } from "@tareas/local-stack/start-stack";
import { type Load, putLoad, summarise } from "./load.ts";
import { noSharing, requestsOfNewPeople } from "./people.ts";

// What becomes of the product under more load than it can take: its goodput (whole answers in time) at its capacity and at
// three times as much, with admission control and without. npm run bench:overload [-- NAME=value …] (settings of all servers)

const given = Object.fromEntries(process.argv.slice(2).map((argument) => argument.split("=") as [string, string]));

async function measure(name: string, env: NodeJS.ProcessEnv): Promise<void> {
  const all = { LOG_LEVEL: "info", ...noSharing, ...env, ...given };
  await using stack = await startStack({ env: { router: all, users: all, tasks: all } });
  const requests = await requestsOfNewPeople(stack.router.url);
  const put = async (what: string, load: Partial<Load>) => {
    const whole = {
      url: stack.router.url,
      requests,
      perSecond: 0,
      inFlight: 0,
      forMs: 10_000,
      patienceMs: 2_000,
      ...load,
    };
    const summary = summarise(await putLoad(whole), whole.forMs);
    console.log(`${name}, ${what}: ${JSON.stringify(summary)}`);
    return summary.goodputPerSecond;
  };
  await put("warming up", { inFlight: 16, forMs: 10_000 });
  const capacity = await put("32 at a time", { inFlight: 32, forMs: 8_000 });
  for (const times of [0.5, 1, 3, 0.5]) await put(`${times} x`, { perSecond: Math.round(capacity * times) });
}

await measure("with admission control", {});
await measure("without", { ADMISSION_MAX_DELAY_MS: "0", ADMISSION_MAX_IN_FLIGHT: "0" });
