import { startStack } from "@tareas/local-stack/start-stack";
import { Person } from "../../test/support/person.ts";
import { type Load, putLoad, summarise } from "./load.ts";

// What becomes of the product under more load than it can take: its goodput (whole answers in time) at its capacity and at
// three times as much, with admission control and without. npm run bench:overload [-- NAME=value …] (settings of all servers)

const given = Object.fromEntries(process.argv.slice(2).map((argument) => argument.split("=") as [string, string]));
const query = "{ tasks(first: 20) { nodes { id title owner { displayName } } } }";
const people = 20;
const tasksEach = 20;

/** The query of somebody with tasks. */
async function requestOfNewPerson(url: string) {
  const person = await Person.register(url);
  const create = "mutation($title: String!) { createTask(input: { title: $title }) { task { id } } }";
  for (let n = 0; n < tasksEach; n++) await person.get(create, { title: `Task ${n}` });
  return { headers: { authorization: `Bearer ${person.token}` }, body: JSON.stringify({ query }) };
}

async function measure(name: string, env: NodeJS.ProcessEnv): Promise<void> {
  // Whoever asks is a different person in life: sharing what the same person asks at the same time would flatter it.
  const all = { LOG_LEVEL: "info", SUBGRAPH_SHARE_IDENTICAL: "false", ...env, ...given };
  await using stack = await startStack({ env: { router: all, users: all, tasks: all } });
  const requests: { headers: Record<string, string>; body: string }[] = [];
  while (requests.length < people) requests.push(await requestOfNewPerson(stack.router.url));
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
