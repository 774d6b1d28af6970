import { expect, test } from "vitest";
import { Revocations } from "./revocations.ts";

const claims = { sub: "ana", sid: "phone" };

test("a session and an account are revoked each by their id", () => {
  const revocations = new Revocations();
  expect(revocations.has(claims)).toBe(false);
  revocations.add([{ id: "phone", until: Number.POSITIVE_INFINITY }]);
  expect(revocations.has(claims)).toBe(true);
  expect(revocations.has({ ...claims, sid: "laptop" })).toBe(false);
  revocations.add([{ id: "ana", until: Number.POSITIVE_INFINITY }]);
  expect(revocations.has({ ...claims, sid: "laptop" })).toBe(true);
});

test("what all its tokens have outlived takes no room", () => {
  const revocations = new Revocations();
  revocations.add(
    [
      { id: "phone", until: 2_000 },
      { id: "laptop", until: 3_000 },
    ],
    1_000,
  );
  expect(revocations.entries()).toHaveLength(2);
  revocations.add([{ id: "old", until: 1_500 }], 2_000);
  expect(revocations.entries()).toEqual([{ id: "laptop", until: 3_000 }]);
});
