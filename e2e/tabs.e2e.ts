import { expect } from "@playwright/test";
import { addTask, register } from "./support/person.ts";
import { test } from "./support/test.ts";

test("of many tabs whose token runs out, one renews it for all", async ({ page, context }) => {
  let renewals = 0;
  context.on("request", (request) => {
    if (request.postData()?.includes("mutation RefreshSession")) renewals += 1;
  });
  await context.clock.install();
  await register(page);
  const tabs = [page, await context.newPage(), await context.newPage(), await context.newPage()];
  for (const tab of tabs) {
    await tab.goto("/");
    await expect(tab.getByRole("status").filter({ hasText: /^Guardado$/ })).toBeVisible();
  }
  renewals = 0;
  await context.clock.fastForward("14:30");
  await Promise.all(tabs.map((tab, i) => addTask(tab, `De la pestaña ${i}`)));
  for (const tab of tabs) for (const i of tabs.keys()) await expect(tab.getByText(`De la pestaña ${i}`)).toBeVisible();
  expect(renewals).toBe(1);
});
