import { expect, type Page } from "@playwright/test";

/** What has the focus: by its label or its text, or the title of the task whose row it is. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    if (element === document.body) return "nothing";
    if (element.id === "main") return "main";
    if (element.dataset.task) {
      const label = element.querySelector('button[aria-label^="Editar «"]')?.getAttribute("aria-label") ?? "";
      return `row: ${label.slice("Editar «".length, -1)}`;
    }
    const labelled = (element as HTMLInputElement).labels?.[0]?.textContent;
    return element.getAttribute("aria-label") ?? labelled ?? element.textContent ?? "";
  });

export async function expectFocus(page: Page, what: string | RegExp): Promise<void> {
  const expected = typeof what === "string" ? what : expect.stringMatching(what);
  await expect.poll(() => focused(page)).toEqual(expected);
}

/** Presses keys one after the other. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Tabs on until something has the focus; fails when it is not among the next `most`. */
export async function tabTo(page: Page, what: string, { most = 40, key = "Tab" } = {}): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press(key);
    if ((await focused(page)) === what) return;
  }
  throw new Error(`“${what}” is not among the next ${most}`);
}
