import { defineConfig } from "@playwright/test";

const chromiumFlags = [
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
];
// Chromium's sandbox does not run as root, as in most containers.
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

/** The stack and the browser are there already: see scripts/browser-tests.ts. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.e2e.ts",
  outputDir: "../node_modules/.cache/e2e",
  forbidOnly: true,
  retries: 0,
  workers: 2,
  fullyParallel: true,
  // A guard against what never ends: on a busy machine a long journey takes its time.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: {
    ...(process.env.BASE_URL && { baseURL: process.env.BASE_URL }),
    locale: "es-ES",
    viewport: { width: 1_200, height: 800 },
    trace: "retain-on-failure",
    launchOptions: {
      args: [...chromiumFlags, ...asRoot],
      ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    },
  },
});
