import { type Browser, type BrowserContext, request } from "@playwright/test";
import type { LargeAccount } from "./large-account.ts";
import { observePagesOf } from "./observe.ts";

/** A browser with nothing in its caches, in which nobody is signed in. */
export async function newVisitor(browser: Browser, url: string): Promise<BrowserContext> {
  return observedContext(browser, { baseURL: url });
}

/** A browser with nothing in its caches, in which the person has signed in before: their cookie, and who it was. */
export async function newReturner(
  browser: Browser,
  url: string,
  { username, password }: LargeAccount,
): Promise<BrowserContext> {
  const device = await request.newContext({ baseURL: url });
  const query = "mutation($input: LoginInput!) { login(input: $input) { user { id username displayName } } }";
  const answer = await device.post("/graphql", { data: { query, variables: { input: { username, password } } } });
  const { user } = (await answer.json()).data.login;
  const { cookies } = await device.storageState();
  await device.dispose();
  const localStorage = [{ name: "tareas:user", value: JSON.stringify(user) }];
  return observedContext(browser, {
    baseURL: url,
    storageState: { cookies, origins: [{ origin: url, localStorage }] },
  });
}

async function observedContext(
  browser: Browser,
  options: Parameters<Browser["newContext"]>[0],
): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: "es-ES", viewport: { width: 1_200, height: 800 }, ...options });
  await observePagesOf(context);
  return context;
}
