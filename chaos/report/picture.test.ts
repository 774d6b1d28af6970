import { expect, test } from "vitest";
import { eventRowsOf } from "./event-rows.ts";
import { drawRun } from "./picture.ts";
import { narrow, wide } from "./picture-layout.ts";
import { every, failedDuring, result, run } from "./test-support/invented.ts";

const events = [
  { at: 1_000, kind: "fault" as const, part: "users" },
  { at: 1_250, kind: "breaker-opened" as const, part: "router-0" },
  { at: 3_100, kind: "breaker-closed" as const, part: "router-0" },
];
const memory = [0, 1_000, 2_000].map((at) => ({ at, part: "router-1", bytes: 200 * 1_048_576 }));
const failed = result({ record: run({ samples: failedDuring, events, memory }) });

test.each([wide, narrow])("a picture has its curves, codes, events and a ground of its own", (format) => {
  const svg = drawRun(failed, format);
  expect(svg).toContain(`viewBox="0 0 ${format.width} `);
  expect(svg).toContain(`<rect width="${format.width}"`);
  for (const words of [
    "Operations per second",
    "Latency in ms",
    "SUBGRAPH_UNAVAILABLE",
    "router-1",
    "breaker",
    "fault",
  ])
    expect(svg).toContain(`>${words}</text>`);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});

test("a run of many minutes with many codes is a small picture", () => {
  const codes = ["A", "B", "C", "D", "E", "F", "G"];
  const samples = every(50, 900_000, (at) => ({
    ...{ ms: 10 + (at % 977), operation: "me" },
    ...(at % 3 === 0 && { outcome: "failed", code: codes[(at / 50) % codes.length] as string }),
  }));
  const phases = {
    before: { from: 0, to: 9_000 },
    during: { from: 9_000, to: 800_000 },
    after: { from: 800_000, to: 900_000 },
  };
  const svg = drawRun(result({ record: run({ samples, phases }) }), wide);
  expect(svg.length).toBeLessThan(120_000);
  expect(svg).toContain(">others</text>");
});

test("a run in which nothing happened can be drawn", () => {
  expect(drawRun(result({ record: run({ samples: [] }) }), wide)).not.toMatch(/NaN|undefined|Infinity/);
});

test("events are in rows by what they are about", () => {
  expect(eventRowsOf(events)).toEqual([
    { name: "fault", ticks: [{ at: 1_000, isBad: true }] },
    {
      name: "breaker",
      ticks: [
        { at: 1_250, isBad: true },
        { at: 3_100, isBad: false },
      ],
    },
  ]);
});
