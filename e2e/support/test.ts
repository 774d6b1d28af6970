import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type BrowserContext, expect, type Request, test as withoutWatch } from "@playwright/test";

const manifestPath = join(import.meta.dirname, "../../router/trusted-documents.json");

/** The texts of the operations that the router is told of beforehand. */
async function trustedTexts(): Promise<ReadonlySet<string>> {
  const { operations } = JSON.parse(await readFile(manifestPath, "utf8"));
  return new Set(operations.map(({ body }: { body: string }) => body));
}

/** GraphiQL, which tests open too, asks for the schema: that is not an operation of the app. */
const ofGraphiql = "IntrospectionQuery";

function operationOf(request: Request): string[] {
  if (request.method() !== "POST" || new URL(request.url()).pathname !== "/graphql") return [];
  const { query, operationName } = request.postDataJSON();
  return operationName === ofGraphiql ? [] : [String(query)];
}

/** Playwright's `test`; each fails when a page of its browser sends an operation that the manifest does not have. */
export const test = withoutWatch.extend<{ trustedOperations: undefined }>({
  trustedOperations: [
    async ({ browser }, use) => {
      const trusted = await trustedTexts();
      const strange: string[] = [];
      const watch = (context: BrowserContext) =>
        void context.on("request", (request) => {
          strange.push(...operationOf(request).filter((text) => !trusted.has(text)));
        });
      browser.on("context", watch);
      await use(undefined);
      browser.off("context", watch);
      expect(strange, "operations that router/trusted-documents.json lacks").toEqual([]);
    },
    { auto: true },
  ],
});
