import { setTimeout } from "node:timers/promises";
import type { Browser, BrowserContext } from "@playwright/test";
import { newReturner } from "./browser.ts";
import { count, type Figure, kilobytes, milliseconds, score, seconds } from "./figures.ts";
import { coldView, type FirstView, type SignIn, signIn, viewIn } from "./first-view.ts";
import type { LargeAccount } from "./large-account.ts";
import { type WorkingSession, workingSession } from "./working-session.ts";

/** A build of the app, served with the data of an account of its own. */
export interface Target {
  readonly name: string;
  readonly url: string;
  readonly account: LargeAccount;
}

export interface Measured {
  readonly cold: readonly FirstView[];
  readonly slowCold: readonly FirstView[];
  readonly signIns: readonly SignIn[];
  readonly session: WorkingSession;
  readonly warm: readonly FirstView[];
  readonly slowWarm: readonly FirstView[];
}

type Say = (text: string) => void;

const runs = 5;
const slowRuns = 3;
const slowdown = 4;
const awayMs = 2_000;
/** A wait that is longer says that the bench does not fit the app. */
const timeoutMs = 120_000;

/** Measures each of the targets, taking turns, so that what else the machine does is the same for all. */
export async function measure(browser: Browser, targets: readonly Target[], say: Say): Promise<Measured[]> {
  const first = targets.map(() => ({ cold: [] as FirstView[], slowCold: [] as FirstView[], signIns: [] as SignIn[] }));
  for (let run = 0; run < runs; run++)
    for (const [i, target] of targets.entries()) {
      say(`${target.name}: first views, ${run + 1} of ${runs}`);
      first[i]?.cold.push(await coldView(browser, target));
      first[i]?.signIns.push(await signIn(browser, target));
      if (run < slowRuns) first[i]?.slowCold.push(await coldView(browser, target, slowdown));
    }
  const all: Measured[] = [];
  for (const [i, target] of targets.entries())
    all.push({ ...(first[i] as (typeof first)[number]), ...(await workAndComeBack(browser, target, say)) });
  return all;
}

async function workAndComeBack(browser: Browser, target: Target, say: Say) {
  const context = await newReturner(browser, target.url, target.account);
  context.setDefaultTimeout(timeoutMs);
  try {
    const page = await context.newPage();
    const session = await workingSession(page, target.account, (text) => say(`${target.name}: ${text}`));
    await page.close();
    say(`${target.name}: coming back`);
    const warm: FirstView[] = [];
    const slowWarm: FirstView[] = [];
    for (let run = 0; run < runs; run++) warm.push(await viewLater(context));
    for (let run = 0; run < slowRuns; run++) slowWarm.push(await viewLater(context, slowdown));
    return { session, warm, slowWarm };
  } finally {
    await context.close();
  }
}

/** Nobody comes back in the moment in which they leave, when what they saw is still being kept. */
async function viewLater(context: BrowserContext, slowedDown = 1): Promise<FirstView> {
  await setTimeout(awayMs);
  return viewIn(context, slowedDown);
}

/** What was measured, with the limits that the product is to keep. */
export function figuresOf({ cold, slowCold, signIns, session, warm, slowWarm }: Measured): Figure[] {
  const rows = (views: readonly { readonly rowsMs: number }[]) => views.map(({ rowsMs }) => rowsMs);
  const lcp = (views: readonly FirstView[]) => views.map(({ lcpMs }) => lcpMs);
  const bytes = (views: readonly { readonly scriptBytes: number }[]) => views.map(({ scriptBytes }) => scriptBytes);
  const interactions = session.steps.flatMap(({ interactionsMs }) => interactionsMs);
  const { loading, scrolling } = session;
  return [
    { name: "first view, cold: rows painted", values: rows(cold), show: seconds, limit: 2_000 },
    { name: "first view, cold: LCP", values: lcp(cold), show: seconds, limit: 2_000 },
    { name: "from Enter on the sign-in page: rows painted", values: rows(signIns), show: seconds, limit: 2_000 },
    { name: "first view, warm: rows painted", values: rows(warm), show: seconds, limit: 1_000 },
    { name: "first view, warm: LCP", values: lcp(warm), show: seconds, limit: 1_000 },
    { name: "interaction to next paint, all", values: interactions, show: milliseconds, limit: 100 },
    ...session.steps.map(({ name, interactionsMs }) => ({
      name: `  ${name} (${interactionsMs.length})`,
      values: interactionsMs,
      show: milliseconds,
    })),
    { name: "  the longest of all", values: [Math.max(...interactions)], show: milliseconds },
    { name: "cumulative layout shift of the session", values: [session.cls], show: score, limit: 0.05 },
    { name: "scrolling 10,000 rows: frames over 50 ms", values: [scrolling.longFramesMs.length], show: count },
    {
      name: "scrolling 10,000 rows: the longest frame",
      values: [Math.max(0, ...scrolling.longFramesMs)],
      show: milliseconds,
    },
    { name: "loading 10,000 rows by scrolling: time", values: [loading.tookMs], show: seconds },
    { name: "loading 10,000 rows: frames over 50 ms", values: [loading.longFramesMs.length], show: count },
    {
      name: "loading 10,000 rows: the longest frame",
      values: [Math.max(0, ...loading.longFramesMs)],
      show: milliseconds,
    },
    { name: "JavaScript of the sign-in page", values: bytes(signIns), show: kilobytes, limit: 200_000 },
    { name: "JavaScript of the first view", values: bytes(cold), show: kilobytes },
    { name: "processor slowed down 4 times, cold: rows painted", values: rows(slowCold), show: seconds },
    { name: "processor slowed down 4 times, warm: rows painted", values: rows(slowWarm), show: seconds },
  ];
}
