import type { Browser, BrowserContext, Page } from "@playwright/test";
import { newReturner, newVisitor } from "./browser.ts";
import type { LargeAccount } from "./large-account.ts";

export interface FirstView {
  /** From the navigation, or from Enter on the sign-in page, until the first rows are on the screen. */
  readonly rowsMs: number;
  /** Of the navigation. */
  readonly lcpMs: number;
  /** JavaScript that was loaded by then, in bytes as they were served. */
  readonly scriptBytes: number;
}

interface Served {
  readonly url: string;
  readonly account: LargeAccount;
}

/** The first visit of a browser that has nothing of the app, but in which the person has signed in before. */
export async function coldView(browser: Browser, { url, account }: Served, slowdown = 1): Promise<FirstView> {
  const context = await newReturner(browser, url, account);
  try {
    return await viewIn(context, slowdown);
  } finally {
    await context.close();
  }
}

/** A visit to a browser that has been there before. */
export async function viewIn(context: BrowserContext, slowdown = 1): Promise<FirstView> {
  const page = await context.newPage();
  try {
    await slowDown(page, slowdown);
    await page.goto("/");
    const rowsMs = await rowsAt(page);
    const scriptBytes = await scriptBytesBy(page, rowsMs);
    await page.waitForLoadState("networkidle");
    return { rowsMs, lcpMs: await page.evaluate(() => observed.lcpMs), scriptBytes };
  } finally {
    await page.close();
  }
}

export interface SignIn {
  /** From Enter until the first rows are on the screen. */
  readonly rowsMs: number;
  /** JavaScript of the sign-in page, in bytes as they were served. */
  readonly scriptBytes: number;
}

/** Signs in by the sign-in page, in a browser that has nothing of the app. */
export async function signIn(browser: Browser, { url, account }: Served): Promise<SignIn> {
  const context = await newVisitor(browser, url);
  try {
    const page = await context.newPage();
    await page.goto("/");
    const name = page.getByLabel("Usuario o correo");
    await name.focus();
    const scriptBytes = await scriptBytesBy(page, await page.evaluate(() => performance.now()));
    await name.pressSequentially(account.username, { delay: 70 });
    const passwordField = page.getByRole("textbox", { name: "Contraseña" });
    await passwordField.fill(account.password);
    await passwordField.press("Enter");
    const rowsMs = (await rowsAt(page)) - (await page.evaluate(() => observed.enterAt));
    return { rowsMs, scriptBytes };
  } finally {
    await context.close();
  }
}

async function rowsAt(page: Page): Promise<number> {
  const handle = await page.waitForFunction(() => observed.rowsAt, null, { polling: 50 });
  return (await handle.jsonValue()) as number;
}

const scriptBytesBy = (page: Page, untilMs: number) =>
  page.evaluate((until) => {
    const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    const scripts = entries.filter(({ name, startTime }) => startTime < until && /\.js$/.test(new URL(name).pathname));
    return scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  }, untilMs);

/** As on a computer whose processor is so many times slower. */
async function slowDown(page: Page, slowdown: number): Promise<void> {
  if (slowdown === 1) return;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
}
