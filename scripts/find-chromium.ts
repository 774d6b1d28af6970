import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { aptGet, canUseApt, isExecutable } from "./apt-get.ts";

const run = promisify(execFile);
const usual = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * A Chromium to test with: CHROMIUM_PATH, one that is installed, Debian's (installed now, as root), or Playwright's own
 * download, for which it returns undefined. Throws what the last of these says when none can be had.
 */
export async function findChromium(say: (text: string) => void): Promise<string | undefined> {
  const candidates = [process.env.CHROMIUM_PATH, ...usual].filter((path) => path !== undefined);
  const found = await firstExecutable(candidates);
  if (found) return found;
  if (await canUseApt()) {
    say("installing Chromium from Debian's packages");
    await aptGet(["update"]);
    await aptGet(["install", "-y", "--no-install-recommends", "chromium"]);
    return firstExecutable(usual);
  }
  say("downloading Playwright's Chromium");
  await run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"], {
    maxBuffer: 64 * 1_048_576,
  });
  return undefined;
}

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await isExecutable(path)) return path;
  return undefined;
}
