import { setTimeout as delay } from "node:timers/promises";
import { buildWebApp } from "@tareas/local-stack/web-app";
import { launchChromium } from "../../scripts/launch-chromium.ts";
import { inject } from "../faults/inject.ts";
import type { Lab } from "../lab/lab.ts";
import { signInAgain } from "../load/accounts.ts";
import type { GraphqlClient } from "../load/graphql-client.ts";
import { BrowserPerson, person } from "./browser-person.ts";
import {
  changesAfterReopening,
  changesBeforeReopening,
  doubled,
  missing,
  type SeenTask,
  titlesBefore,
} from "./offline-changes.ts";
import type { Probe } from "./probe.ts";

const patienceMs = 30_000;
const lookEveryMs = 100;
const quietly = () => {};

/** A browser goes offline, is used and closed and used again, and comes back; the tasks subgraph is dead meanwhile. */
export const browserOffline: Probe = (lab) => goOffline(lab, true);

/** The browser forgets what waits on its disk: a run that does not tell this proves nothing. */
export const browserOfflineForgetful: Probe = (lab) => goOffline(lab, false);

/** What has to be there before the servers start: they serve the web app as they find it. */
export async function prepareBrowser(): Promise<void> {
  await buildWebApp();
}

async function goOffline(lab: Lab, hasMemory: boolean): Promise<Record<string, number>> {
  const { url } = lab.stack;
  await using resources = new AsyncDisposableStack();
  const browser = await launchChromium(quietly);
  resources.defer(() => browser.close());
  const context = await browser.newContext({ locale: "es-ES", viewport: { width: 1_200, height: 800 }, baseURL: url });
  const user = await BrowserPerson.register(context);
  for (const title of titlesBefore) await user.add(title);
  await user.saved(patienceMs);
  const look = otherDevice(lab.client, await signInAgain(lab.client, person));

  await user.setOffline(true);
  const revive = await inject({ kind: "kill", target: "tasks" }, lab);
  for (const { make } of changesBeforeReopening) await make(user);
  await user.reopen(hasMemory ? undefined : () => user.forget(url));
  const later = hasMemory ? changesAfterReopening : [];
  for (const { make } of later) await make(user);
  await user.setOffline(false);
  await revive();

  const changes = [...changesBeforeReopening, ...later];
  const { seen, ms } = await arrival(look, (tasks) => missing(changes, tasks) === 0);
  if (hasMemory) await user.saved(patienceMs).catch(quietly); // what it would still send twice has been sent then
  const final = hasMemory ? await look() : seen;
  return {
    "changes made offline": changes.length,
    "changes that did not arrive": missing(changes, final),
    "changes that arrived twice": doubled(changes, final),
    "ms until all had arrived": ms,
  };
}

/** Looks until all is there, or patience ends: the time is endless then. */
async function arrival(look: () => Promise<SeenTask[]>, isThere: (tasks: readonly SeenTask[]) => boolean) {
  const startedAt = performance.now();
  for (;;) {
    const seen = await look();
    const ms = performance.now() - startedAt;
    if (isThere(seen)) return { seen, ms };
    if (ms > patienceMs) return { seen, ms: Number.POSITIVE_INFINITY };
    await delay(lookEveryMs);
  }
}

const fields = "title completed deletedAt version";
const query = `query Seen {
  open: tasks(first: 100) { nodes { ${fields} } }
  trashed: tasks(first: 100, filter: { trashed: true }) { nodes { ${fields} } }
}`;

/** Another device of the same person: sees all tasks, in the trash or not, and none while they can't be read. */
const otherDevice =
  (client: GraphqlClient, { token }: { readonly token: string }) =>
  async (): Promise<SeenTask[]> => {
    const { data } = await client.send({ query, token });
    const pages = (data ?? {}) as Record<string, { nodes: SeenTask[] } | null>;
    return Object.values(pages).flatMap((page) => page?.nodes ?? []);
  };
