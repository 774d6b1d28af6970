/**
 * The tests in a real browser, on a stack of their own: builds the web app, finds or installs Chromium, and runs
 * Playwright. Arguments go to Playwright. With `--report FILE` the result is written there as JSON.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { startStack } from "@tareas/local-stack/start-stack";
import { buildWebApp } from "@tareas/local-stack/web-app";
import { findChromium } from "./find-chromium.ts";

const root = join(import.meta.dirname, "..");
const playwright = join(root, "node_modules", "@playwright", "test", "cli.js");

const [flag, file, ...rest] = process.argv.slice(2);
const report = flag === "--report" ? file : undefined;
const passedOn = report === undefined ? process.argv.slice(2) : rest;

const say = (text: string) => console.log(`  … ${text}`);
const chromium = await findChromium(say);
await buildWebApp({ onBegin: () => say("building the web app") });
await using stack = await startStack();
const reporters = report === undefined ? ["list"] : ["list", "json"];
const child = spawn(
  process.execPath,
  [playwright, "test", "--config=e2e/playwright.config.ts", `--reporter=${reporters.join()}`, ...passedOn],
  {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      BASE_URL: stack.router.url,
      ...(chromium !== undefined && { CHROMIUM_PATH: chromium }),
      ...(report !== undefined && { PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    },
  },
);
const [code] = await once(child, "close");
process.exitCode = code ?? 1;
