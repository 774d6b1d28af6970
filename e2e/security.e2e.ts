import { expect, type Page } from "@playwright/test";
import { register } from "./support/person.ts";
import { test } from "./support/test.ts";

/** Puts a script into the page, as a hole in it would let others do. */
const injectScript = (page: Page) =>
  page.evaluate(async () => {
    const violation = new Promise<string>((resolve) =>
      document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), {
        once: true,
      }),
    );
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.head.append(script);
    return { violated: await violation, ran: "injected" in window };
  });

/** In a timer, because the browser's debugger may run what the policy forbids. */
const evaluateText = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) =>
        setTimeout(() => {
          try {
            resolve(String(Reflect.construct(Function, ["return 'ran'"])()));
          } catch (error) {
            resolve((error as Error).name);
          }
        }),
      ),
  );

test("a script that gets into the page does not run, nor does text that is made into one", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
  expect(await injectScript(page)).toEqual({ violated: "script-src-elem", ran: false });
  expect(await evaluateText(page)).toBe("EvalError");
  await register(page);
  expect(await injectScript(page)).toEqual({ violated: "script-src-elem", ran: false });
  expect(await evaluateText(page)).toBe("EvalError");
});

test("the page asks no other host for anything, and keeps to its own policy all along", async ({
  page,
  context,
  baseURL,
}) => {
  const origins = new Set<string>();
  context.on("request", (request) => {
    if (!request.url().startsWith("data:")) origins.add(new URL(request.url()).origin);
  });
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));

  await register(page);
  await page.getByRole("textbox", { name: "Nueva tarea" }).fill("Comprar pan mañana !alta");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("listitem").filter({ hasText: "Comprar pan" })).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await expect(page.getByRole("listitem").filter({ hasText: "Comprar pan" })).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator("#root")).not.toBeEmpty();

  expect([...origins]).toEqual([baseURL]);
  expect(complaints).toEqual([]);
});
