import { expect, test } from "vitest";
import { AdmissionControl } from "./admission-control.ts";
import { priorities } from "./priority.ts";

const limits = { maxInFlight: 1_000, leastInFlight: 64, maxDelayMs: 50 };

/** A control, and a server's loop that turns in time, or each time so late. */
function controlOf(options: Partial<typeof limits> = {}) {
  const control = new AdmissionControl({ ...limits, ...options });
  let nowMs = 0;
  const turn = (delayMs: number, forMs: number) => {
    for (const endsAt = nowMs + forMs; nowMs < endsAt; ) {
      nowMs += 20 + delayMs;
      control.observe(delayMs, nowMs);
    }
  };
  const enter = (count: number) => {
    for (let n = 0; n < count; n++) control.enter("read");
  };
  return { control, turn, enter };
}

const admitted = (control: AdmissionControl) => priorities.filter((priority) => control.mayEnter(priority));

test("the fuller it is, the more it takes to be let in", () => {
  const { control, enter } = controlOf({ maxInFlight: 100 });
  expect(admitted(control)).toEqual(["login", "write", "read", "large-read"]);
  enter(50);
  expect(admitted(control)).toEqual(["login", "write", "read"]);
  enter(25);
  expect(admitted(control)).toEqual(["login", "write"]);
  enter(15);
  expect(admitted(control)).toEqual(["login"]);
  enter(10);
  expect(admitted(control)).toEqual([]);
});

test("a loop that is late for a moment, or twice, changes nothing", () => {
  const { control, turn, enter } = controlOf();
  enter(200);
  turn(0, 500);
  for (const pauseMs of [1_500, 900]) turn(pauseMs, 1);
  turn(0, 500);
  expect(control.limit).toBe(limits.maxInFlight);
});

test("while the loop is late, only as many are let in as are done in four times the delay it may have", () => {
  const { control, turn, enter } = controlOf();
  enter(400);
  for (let n = 0; n < 20; n++) {
    turn(80, 100);
    // One leaves in each millisecond, and another comes.
    for (let ms = 0; ms < 100; ms++) control.leave("read");
    enter(100);
  }
  expect(control.limit).toBeGreaterThan(150);
  expect(control.limit).toBeLessThan(250);
  expect(admitted(control)).toEqual(["login", "write"]);
});

test("a late loop is known to be within a third of a second", () => {
  const { control, turn, enter } = controlOf();
  enter(400);
  turn(0, 1_000);
  turn(80, 330);
  expect(control.mayEnter("read")).toBe(false);
});

test("however late the loop is, a few dozen are let in, and sign-in and writes above that", () => {
  const { control, turn, enter } = controlOf();
  turn(500, 5_000);
  expect(control.limit).toBe(64);
  enter(47);
  expect(admitted(control)).toEqual(["login", "write", "read"]);
  enter(200);
  expect(admitted(control)).toEqual(["login", "write"]);
});

test("when the loop is in time again, the limit goes up to where it was", () => {
  const { control, turn } = controlOf();
  turn(500, 5_000);
  turn(0, 20_000);
  expect(control.limit).toBe(limits.maxInFlight);
});

test("0 switches each limit off", () => {
  const { control, turn, enter } = controlOf({ maxInFlight: 0, maxDelayMs: 0 });
  enter(100_000);
  turn(5_000, 60_000);
  expect(admitted(control)).toEqual([...priorities]);
  const bounded = controlOf({ maxDelayMs: 0 });
  bounded.turn(5_000, 60_000);
  expect(bounded.control.limit).toBe(limits.maxInFlight);
});
