import { afterAll, beforeAll, describe, test } from "vitest";
import { allProtections } from "./all-protections.ts";
import type { Protection } from "./attack.ts";
import { mutatedTree } from "./support/mutated-tree.ts";
import { openSite, type Product, type Server, type Site, startMutated } from "./support/product.ts";

// The attacks once more, each on a product without the one protection that refuses it: a copy of the sources with a few
// lines changed. There they succeed, so a row that is green in attacks.integration.test.ts is green for its reason.

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.[Symbol.asyncDispose]());

const homes: Readonly<Record<string, Server>> = {
  "subgraphs/users": "users",
  "subgraphs/tasks": "tasks",
  router: "router",
};

/** The servers that are attacked, and those whose source is changed. */
function serversOf({ attacks, off }: Protection): Set<Server> {
  const changed = Object.keys(homes).filter((home) => off.some(({ file }) => file.startsWith(`${home}/`)));
  return new Set([...attacks.flatMap(({ at }) => at), ...changed.map((home) => homes[home] as Server)]);
}

/** What became of the protection's attacks: `name, at server` of each, by outcome. */
async function attempted({ attacks }: Protection, product: Product) {
  const outcomes = { refused: [] as string[], succeeded: [] as string[] };
  for (const { name, at, attempt } of attacks) {
    const tried = at.map(async (server) => {
      const outcome = await attempt({ server, url: product.urls[server], product });
      outcomes[outcome].push(`${name}, at ${server}`);
    });
    await Promise.all(tried);
  }
  return outcomes;
}

describe.concurrent("the attacks succeed", () => {
  for (const protection of allProtections)
    test(`without ${protection.name}`, { timeout: 300_000 }, async ({ expect }) => {
      using tree = mutatedTree(protection.off);
      await using product = await startMutated(tree.root, serversOf(protection), site);
      const { refused, succeeded } = await attempted(protection, product);
      if (protection.backedBy === undefined) expect(refused).toEqual([]);
      else
        for (const server of protection.attacks.flatMap(({ at }) => at))
          expect(succeeded).toContainEqual(expect.stringMatching(`, at ${server}$`));
    });
});
