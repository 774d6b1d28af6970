import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allProtections } from "./all-protections.ts";
import { openSite, type Site } from "./support/product.ts";

// Every attack on the product as it is. That these rows can fail is shown by negative-control.integration.test.ts.

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.[Symbol.asyncDispose]());

for (const { name, attacks } of allProtections)
  describe(`${name}:`, () => {
    for (const { name, at, attempt } of attacks)
      test.for(at)(`${name}, is refused by %s`, async (server) => {
        const { product } = site;
        expect(await attempt({ server, url: product.urls[server], product })).toBe("refused");
      });
  });
