import { expect, type Page } from "@playwright/test";
import { type LargeAccount, longListLength } from "./large-account.ts";

/** How long a person leaves between two actions, two keys, and two repetitions of a key that is held; in milliseconds. */
const pace = { action: 400, key: 70, repeat: 33 };

export interface Step {
  readonly name: string;
  /** Interaction to next paint of each interaction, in milliseconds: what a browser doesn't time took a frame at most. */
  readonly interactionsMs: readonly number[];
}

export interface WorkingSession {
  readonly steps: readonly Step[];
  readonly cls: number;
  /** Scrolling to the end of what is loaded page by page, and then through all of it. */
  readonly loading: Scrolling;
  readonly scrolling: Scrolling;
}

export interface Scrolling {
  readonly tookMs: number;
  /** Frames that took longer than 50 ms, in milliseconds each. */
  readonly longFramesMs: readonly number[];
}

/** Half an hour's work in a few minutes, in the long list with all of it loaded. */
export async function workingSession(
  page: Page,
  account: LargeAccount,
  say: (text: string) => void,
): Promise<WorkingSession> {
  await page.goto(`/list/${account.longListId}`);
  await expect(rows(page).first()).toBeVisible();
  const loading = await scrolled(page, () => loadAll(page));
  const scrolling = await scrolled(page, () => scrollUp(page));
  const steps: Step[] = [];
  for (const [name, work] of Object.entries(worksOf(account))) {
    say(name);
    steps.push(await timed(page, name, work));
  }
  return { steps, loading, scrolling, cls: await page.evaluate(() => observed.cls) };
}

const rows = (page: Page) => page.locator("[data-task]");
const rowAt = (page: Page, index: number) => page.locator(`[data-task][data-index="${index}"]`);
const titleOf = (page: Page, index: number) => rowAt(page, index).getByRole("button", { name: /^Editar/ });
const pause = (page: Page) => page.waitForTimeout(pace.action);

async function hold(page: Page, key: string, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await page.keyboard.press(key);
    await page.waitForTimeout(pace.repeat);
  }
}

/** What is done, by its name; each begins and ends in the long list. */
const worksOf = (account: LargeAccount): Record<string, (page: Page) => Promise<void>> => ({
  async "tick a task"(page) {
    for (let i = 0; i < 10; i++) {
      await rowAt(page, 3).getByRole("checkbox").click();
      await pause(page);
    }
  },
  async "add a task"(page) {
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press("n");
      await page.keyboard.type(`Comprar pan ${i} mañana !alta #casa`, { delay: pace.key });
      await page.keyboard.press("Enter");
      await page.keyboard.press("Escape");
      await pause(page);
    }
  },
  async "edit a task"(page) {
    for (let i = 0; i < 4; i++) {
      await titleOf(page, 5 + i).click();
      const title = page.getByRole("textbox", { name: "Título" });
      await title.press("End");
      await page.keyboard.type(" antes del viernes por la mañana", { delay: pace.key });
      await pause(page);
      await title.press("Enter");
      await pause(page);
    }
  },
  async "delete, and undo"(page) {
    for (let i = 0; i < 5; i++) {
      await rowAt(page, 4).hover();
      await rowAt(page, 4)
        .getByRole("button", { name: /^Eliminar/ })
        .click();
      await pause(page);
      if (i % 2) await page.keyboard.press("Control+z");
      await pause(page);
    }
  },
  async "search as one types"(page) {
    await page.keyboard.press("/");
    await page.keyboard.type("informe lucía 12", { delay: pace.key });
    await expect(
      page
        .getByRole("list", { name: /informe lucía 12/ })
        .locator("[data-task]")
        .first(),
    ).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(rows(page).first()).toBeVisible();
  },
  async "switch views"(page) {
    for (const name of ["Hoy", "Próximas", "Todas", account.longListName, "Atrasadas", account.longListName]) {
      const link = page.getByRole("navigation").getByRole("link", { name });
      await link.click();
      await expect(link).toHaveAttribute("aria-current", "page");
      await expect(rows(page).first()).toBeVisible();
      await pause(page);
    }
  },
  async "down and up by keys"(page) {
    await hold(page, "j", 100);
    await hold(page, "k", 100);
  },
  async "complete fifty, and undo"(page) {
    await hold(page, "j", 2);
    await page.keyboard.press("x");
    await hold(page, "j", 49);
    await page.keyboard.press("Shift+X");
    await expect(page.getByRole("toolbar")).toContainText(/^[45]\d /);
    await pause(page);
    await page.getByRole("toolbar").getByRole("button", { name: "Completar" }).click();
    await pause(page);
    await page.keyboard.press("Control+z");
    await pause(page);
  },
  async "reorder by keys and by hand"(page) {
    await page.evaluate(() => window.scrollTo(0, 0));
    await rowAt(page, 2).focus();
    for (let i = 0; i < 10; i++) {
      await page.keyboard.press(i < 5 ? "Alt+ArrowDown" : "Alt+ArrowUp");
      await pause(page);
    }
    await rowAt(page, 2).hover();
    await rowAt(page, 2).locator("[title='Arrastrar']").hover();
    await page.mouse.down();
    const { x, y } = (await rowAt(page, 6).boundingBox()) as { x: number; y: number };
    await page.mouse.move(x + 20, y + 30, { steps: 20 });
    await page.mouse.up();
    await pause(page);
  },
});

/** To the end, as often as more of it comes. */
async function loadAll(page: Page): Promise<void> {
  const isWhole = () => page.evaluate(() => Number(document.querySelector("[data-task]")?.ariaSetSize) > 0);
  await page.mouse.move(600, 500);
  while (!(await isWhole())) await page.mouse.wheel(0, 20_000);
  const length = await rows(page).first().getAttribute("aria-setsize");
  expect(Number(length)).toBeGreaterThanOrEqual(longListLength);
}

async function scrollUp(page: Page): Promise<void> {
  while ((await page.evaluate(() => window.scrollY)) > 0) await page.mouse.wheel(0, -2_000);
}

async function scrolled(page: Page, scroll: () => Promise<void>): Promise<Scrolling> {
  const beginMs = await page.evaluate(() => performance.now());
  await scroll();
  return page.evaluate((begin) => {
    const frames = observed.longFrames.filter(({ at }) => at >= begin);
    return { tookMs: performance.now() - begin, longFramesMs: frames.map(({ ms }) => ms) };
  }, beginMs);
}

async function timed(page: Page, name: string, work: (page: Page) => Promise<void>): Promise<Step> {
  const before = await page.evaluate(() => ({ at: performance.now(), count: performance.interactionCount }));
  await work(page);
  await expect(page.getByRole("status").filter({ hasText: /^Guardado$/ })).toBeVisible();
  const interactionsMs = await page.evaluate(async ({ at, count }) => {
    // Events are reported after the frame that follows them.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const slow = [...observed.interactions.values()].filter((one) => one.at >= at).map(({ ms }) => ms);
    const fast = Math.max(0, performance.interactionCount - count - slow.length);
    return [...slow, ...Array.from({ length: fast }, () => 16)];
  }, before);
  return { name, interactionsMs };
}
