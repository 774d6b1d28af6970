import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const newman = join(root, "node_modules/newman/bin/newman.js");
const collection = join(root, "docs/tareas.postman_collection.json");
let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.[Symbol.asyncDispose]());

test("the Postman collection passes, and passes again", async () => {
  const options = [
    "run",
    collection,
    "--env-var",
    `baseUrl=${stack.router.url}`,
    "--reporters",
    "json,cli",
    "--color",
    "off",
  ];
  for (const _ of ["first", "again"]) {
    const { stdout } = await promisify(execFile)(process.execPath, [
      newman,
      ...options,
      "--reporter-json-export",
      "/dev/null",
    ]);
    expect(stdout).toMatch(/assertions\s+│\s+(2[5-9]|[3-9]\d)\s+│\s+0 /);
  }
});
