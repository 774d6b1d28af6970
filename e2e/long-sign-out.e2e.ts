import { expect } from "@playwright/test";
import { startStack } from "@tareas/local-stack/start-stack";
import { register } from "./support/person.ts";
import { test } from "./support/test.ts";

test("who signs out without a network for longer than a token lives is signed out at the server too", async ({
  page,
  context,
  request,
}) => {
  test.setTimeout(90_000);
  await using stack = await startStack({ env: { users: { ACCESS_TOKEN_TTL_SECONDS: "1" } } });
  let bearer = "";
  page.on("request", (sent) => {
    bearer = sent.headers().authorization ?? bearer;
  });
  await register(page, { url: stack.router.url });
  const account = page.getByRole("banner").getByRole("button").last();
  await expect.poll(() => bearer).not.toBe("");

  await context.setOffline(true);
  await account.click();
  await page.getByRole("menuitem", { name: "Cerrar sesión" }).click();
  await expect(page.getByRole("heading", { name: "Iniciar sesión" })).toBeVisible();
  const withOldToken = () =>
    request.post(`${stack.router.url}/graphql`, {
      data: { query: "{ me { id } }" },
      headers: { authorization: bearer },
    });
  // Servers take a token for some seconds more, for the sake of clocks that differ.
  await expect.poll(async () => (await withOldToken()).status(), { timeout: 20_000 }).toBe(401);
  await context.setOffline(false);
  await expect.poll(async () => (await context.cookies()).map(({ name }) => name)).toEqual([]);
});
