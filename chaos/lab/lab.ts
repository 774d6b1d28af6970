import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import type { Env } from "../experiment.ts";
import { Ledger } from "../ledger/ledger.ts";
import { type Account, registerAccounts } from "../load/accounts.ts";
import { GraphqlClient } from "../load/graphql-client.ts";
import { createLabNetwork, type LabNetwork } from "../network/lab-network.ts";
import { type Random, randomFor } from "../random.ts";
import { labEnv, niceness } from "./lab-settings.ts";
import { eventOfLine } from "./log-events.ts";
import type { RunEvent } from "./run-record.ts";

/** A running product under observation, with everything that an experiment needs. */
export interface Lab extends AsyncDisposable {
  readonly stack: Stack;
  readonly network: LabNetwork;
  readonly client: GraphqlClient;
  readonly accounts: readonly Account[];
  readonly ledger: Ledger;
  /** The same numbers for the same seed and use. */
  readonly randomFor: (use: string) => Random;
  /** What happened, on the clock of `performance.now()`. */
  readonly events: readonly RunEvent[];
  /** Writes down that something happened now. */
  readonly note: (event: Omit<RunEvent, "at">) => void;
  /** The names of the processes whose end is wanted: that of any other refutes the experiment. */
  readonly doomed: Set<string>;
  /** When it is aborted, all is about to end, or has: nothing may be started any more. */
  readonly signal: AbortSignal;
  /** How many times the usual load there is now. */
  traffic: number;
}

export interface LabOptions {
  readonly seed: number;
  /** Settings of the servers that differ from the product's own. */
  readonly env: Env;
  /** Whether a proxy stands in front of a part. */
  readonly isProxied: (part: string) => boolean;
  /** Ends the start: it throws the signal's reason, with nothing left running. */
  readonly signal?: AbortSignal | undefined;
}

const accountCount = 8;

/** Starts the product in its full size (three members of MongoDB, two of each server) with people who use it. */
export async function startLab({ seed, env, isProxied, signal: interruption }: LabOptions): Promise<Lab> {
  await using resources = new AsyncDisposableStack();
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, ...(interruption ? [interruption] : [])]);
  const generators = new Map<string, Random>();
  const generatorFor = (use: string) => {
    const random = generators.get(use) ?? randomFor(seed, use);
    generators.set(use, random);
    return random;
  };
  const events: RunEvent[] = [];
  const doomed = new Set<string>();
  const note = (event: Omit<RunEvent, "at">) => void events.push({ at: performance.now(), ...event });
  const network = resources.use(
    createLabNetwork({
      ...{ isProxied, random: generatorFor("network") },
      onBalance: (service, port, isReady) =>
        note({ kind: isReady ? "balancer-in" : "balancer-out", part: service, detail: String(port) }),
    }),
  );
  const stack = resources.use(
    await startStack({
      network,
      mongodb: { members: 3 },
      niceness,
      replicas: { router: 2, users: 2, tasks: 2 },
      stopGraceMs: 35_000, // to see who takes too long
      restart: false, // what dies stays dead until the lab starts it: an end that nobody wanted is not covered up
      env: labEnv(env),
      ...(interruption && { signal: interruption }),
      onEvent: (event) => {
        if (event.type === "process-died" && !doomed.has(event.name))
          note({ kind: "process-died", part: event.name, detail: event.how });
      },
      onLine(process, line) {
        const event = eventOfLine(process, line);
        if (event) note(event);
      },
    }),
  );
  const client = resources.use(new GraphqlClient(stack.url));
  const accounts = await registerAccounts(client, `c${seed}`, accountCount);
  resources.defer(() => ending.abort());
  const owned = resources.move();
  return {
    ...{ stack, network, client, accounts, randomFor: generatorFor, events, doomed, note, signal },
    ledger: new Ledger(`w${seed}`),
    traffic: 1,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
