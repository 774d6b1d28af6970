import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";

/** What a page notes of itself while it is measured; times in milliseconds since its navigation began. */
export interface Observed {
  /** When the first rows were on the screen. */
  rowsAt: number | null;
  /** When Enter was pressed last. */
  enterAt: number;
  lcpMs: number;
  cls: number;
  /** The longest event of each interaction that took longer than a frame, by its id. (Event Timing) */
  readonly interactions: Map<number, { readonly at: number; readonly ms: number }>;
  /** Frames that took longer than 50 ms. (Long Animation Frames) */
  readonly longFrames: { readonly at: number; readonly ms: number }[];
}

type Report = (metric: { readonly value: number }) => void;
declare global {
  var observed: Observed;
  var webVitals: Record<"onLCP" | "onCLS", (report: Report, options: { reportAllChanges: boolean }) => void>;
  interface Performance {
    readonly interactionCount: number;
  }
}

/** The library's classic script, which its package does not name. */
const webVitalsFile = join(import.meta.dirname, "../../node_modules/web-vitals/dist/web-vitals.iife.js");

/** Has every page of a context note what is measured, from its first moment on. */
export async function observePagesOf(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: `${await readFile(webVitalsFile, "utf8")};globalThis.webVitals = webVitals` });
  await context.addInitScript(observe);
}

/** Runs in the page, by itself. */
function observe(): void {
  const { onLCP, onCLS } = globalThis.webVitals;
  const now: Observed = {
    rowsAt: null,
    enterAt: 0,
    lcpMs: 0,
    cls: 0,
    interactions: new Map(),
    longFrames: [],
  };
  globalThis.observed = now;
  const options = { reportAllChanges: true };
  onLCP(({ value }) => Object.assign(now, { lcpMs: value }), options);
  onCLS(({ value }) => Object.assign(now, { cls: value }), options);
  const noteEnter = ({ key, timeStamp }: KeyboardEvent) =>
    key === "Enter" && Object.assign(now, { enterAt: timeStamp });
  document.addEventListener("keydown", noteEnter, true);

  const rows = new MutationObserver(() => {
    if (!document.querySelector("[data-task]")) return;
    rows.disconnect();
    // What runs after the next frame's painting.
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => {
        now.rowsAt = performance.now();
      };
      painted.port2.postMessage(null);
    });
  });
  rows.observe(document, { subtree: true, childList: true });

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEventTiming & { readonly interactionId: number })[]) {
      if (!entry.interactionId) continue;
      const { ms = 0, at = entry.startTime } = now.interactions.get(entry.interactionId) ?? {};
      now.interactions.set(entry.interactionId, {
        at: Math.min(at, entry.startTime),
        ms: Math.max(ms, entry.duration),
      });
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) now.longFrames.push({ at: startTime, ms: duration });
  }).observe({ type: "long-animation-frame", buffered: true });
}
