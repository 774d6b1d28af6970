/**
 * The tests of the product in containers, and what they take: an engine, which is installed where that can be, the secrets, and
 * the images of others, which are made here where no registry can be reached. Arguments go to vitest. With `--report FILE`
 * the result is written there as JSON. Where there is no engine it says so, and exits with `notTried`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { notTried, reportTo } from "./count-tests.ts";
import { findContainerEngine, hasDocker } from "./find-container-engine.ts";

const root = join(import.meta.dirname, "..");
const [flag, file, ...rest] = process.argv.slice(2);
const report = flag === "--report" ? file : undefined;
const passedOn = report === undefined ? process.argv.slice(2) : rest;

const say = (text: string) => console.log(`  … ${text}`);
process.exitCode = await main();

async function main(): Promise<number> {
  try {
    await findContainerEngine(say);
  } catch (error) {
    console.log(`CONTAINERS WERE NOT TESTED: ${(error as Error).message}`);
    return notTried;
  }
  if (!(await hasImages())) return 1;
  const secrets = await run(process.execPath, "scripts/make-secrets.ts");
  if (secrets !== 0) return secrets;
  const reporters = report === undefined ? [] : reportTo(report);
  const vitest = join(root, "node_modules", ".bin", "vitest");
  return run(vitest, "run", "--config=test/containers/vitest.config.ts", ...reporters, ...passedOn);
}

/** Docker is left to fetch them. With podman, which may know no registry, the base of ours tells whether there is one. */
async function hasImages(): Promise<boolean> {
  if (hasDocker()) return true;
  const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8");
  const base = process.env.NODE_IMAGE ?? /^ARG NODE_IMAGE=(.+)$/m.exec(dockerfile)?.[1] ?? "";
  say(`fetching ${base}`);
  if ((await run("timeout", "600", "podman", "pull", "--quiet", base)) === 0) return true;
  say("no registry can be reached: making stand-ins of the images, once, for ten minutes or so");
  // What was made stays, so a second try makes only what the first could not fetch.
  const make = () => run("scripts/air-gapped-images.sh");
  return (await make()) === 0 || (await make()) === 0;
}

async function run(command: string, ...args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  const [code] = await once(child, "close");
  return code ?? 1;
}
