import { type Browser, chromium } from "@playwright/test";
import { findChromium } from "./find-chromium.ts";

/** Chromium's sandbox does not run as root, as in most containers. */
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

/** Starts a Chromium without a window; `say` hears when one has to be fetched first. */
export async function launchChromium(say: (text: string) => void): Promise<Browser> {
  const executablePath = await findChromium(say);
  return chromium.launch({
    args: [
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      ...asRoot,
    ],
    ...(executablePath !== undefined && { executablePath }),
  });
}
