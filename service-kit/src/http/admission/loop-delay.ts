/**
 * Tells `observe` again and again, in milliseconds, how late the event loop is with a timer, and when that was: for so long
 * a request waits that arrives meanwhile. A loop that is held up tells it once a turn.
 */
export function watchLoopDelay(observe: (delayMs: number, nowMs: number) => void): Disposable {
  let dueAt = performance.now() + everyMs;
  const timer = setInterval(() => {
    const now = performance.now();
    observe(Math.max(0, now - dueAt), now);
    dueAt = now + everyMs;
  }, everyMs).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

const everyMs = 20;
