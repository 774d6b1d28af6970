import { expect, test } from "vitest";
import { isLoadingOptional, optionalPart } from "./optional-part.ts";

test("a part that is there is handed over, and one that is missing is undefined", async () => {
  expect(await optionalPart(async () => "a part")).toBe("a part");
  expect(await optionalPart(() => Promise.reject(new TypeError("gone")))).toBeUndefined();
});

test("while one of several is being loaded it can be told, and not after", async () => {
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  expect(isLoadingOptional()).toBe(false);
  const loading = [optionalPart(() => first.promise), optionalPart(() => second.promise)];
  first.reject(new TypeError("gone"));
  await loading[0];
  expect(isLoadingOptional()).toBe(true);
  second.resolve();
  await loading[1];
  expect(isLoadingOptional()).toBe(false);
});
