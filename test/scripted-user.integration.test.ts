import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, test } from "vitest";
import { throughGraphql, throughRest } from "./scripted-user.ts";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack[Symbol.asyncDispose]());

test("a user's whole round works through GraphQL", () => throughGraphql(stack.router.url));

test("and again through REST", () => throughRest(stack.router.url));
