/** Colours of the pictures. Each is used for one thing, so that a page can put its own in their place, as for the dark. */
export const palette = {
  surface: "#fdfdfc",
  ink: "#23262b",
  muted: "#666d77",
  rule: "#d9dce1",
  fault: "#e9ddd0",
  ok: "#2f8f6f",
  stale: "#8cc9ae",
  partial: "#e3a72f",
  failed: "#c8453b",
  p50: "#9db4d8",
  p95: "#5b83c0",
  p99: "#24508f",
  code1: "#8c5aa8",
  code2: "#c8457f",
  code3: "#b3703a",
  code4: "#3e8fa3",
  code5: "#7d7f3a",
  rest: "#9a9da3",
} as const;

export type Colour = keyof typeof palette;

/** The same in the dark: the light ones are for pictures that stand alone, which have a light ground of their own. */
export const darkPalette: Readonly<Record<Colour, string>> = {
  surface: "#1b1e23",
  ink: "#e8eaed",
  muted: "#9ba3ae",
  rule: "#353a42",
  fault: "#3a3128",
  ok: "#45b28d",
  stale: "#2a6b56",
  partial: "#d9a23a",
  failed: "#e0675d",
  p50: "#5c7db5",
  p95: "#6f9ae0",
  p99: "#b4cdf6",
  code1: "#b78ad0",
  code2: "#e67aa8",
  code3: "#d3945f",
  code4: "#66b7ca",
  code5: "#adb05c",
  rest: "#8b8f96",
};
