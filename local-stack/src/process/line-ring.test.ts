import { expect, test } from "vitest";
import { LineRing } from "./line-ring.ts";

test("only the last lines are kept, in order", () => {
  const ring = new LineRing(3);
  for (let line = 1; line <= 100; line++) ring.push(String(line));
  expect(ring.toArray()).toEqual(["98", "99", "100"]);
});
