/**
 * `npm run bench:client`: how fast the web app is with a list of 10,000 tasks, in Chromium, as the router serves it.
 * Prints a table, and exits with 1 when a limit is not kept. With `--against FOLDER`, another build of the app (a
 * `client/dist`) is measured in the same run, for comparison.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { startStack } from "@tareas/local-stack/start-stack";
import { buildWebApp } from "@tareas/local-stack/web-app";
import { launchChromium } from "../../scripts/launch-chromium.ts";
import { isWithin, tableOf } from "./figures.ts";
import { makeLargeAccount } from "./large-account.ts";
import { figuresOf, measure, type Target } from "./measure.ts";

const { against } = parseArgs({ options: { against: { type: "string" } } }).values;
const say = (text: string) => console.log(`  … ${text}`);

const browser = await launchChromium(say);
await buildWebApp({ onBegin: () => say("building the web app") });
await using stacks = new AsyncDisposableStack();
stacks.defer(() => browser.close());

async function serve(name: string, folder?: string): Promise<Target> {
  say(`${name}: starting`);
  const env = folder === undefined ? {} : { router: { CLIENT_PATH: resolve(folder) } };
  const stack = stacks.use(await startStack({ env }));
  return { name, url: stack.router.url, account: await makeLargeAccount(stack) };
}

const targets = [await serve("this build")];
if (against !== undefined) targets.push(await serve("the other build", against));
const [figures = [], others] = (await measure(browser, targets, say)).map(figuresOf);
console.log(`\n${tableOf(figures, others)}`);
process.exitCode = figures.every(isWithin) ? 0 : 1;
