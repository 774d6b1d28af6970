export interface LoopWatch extends Disposable {
  /** Has to be told of each request; while there are none for a while, nobody is watched and no timer wakes the process. */
  wake(): void;
}

/**
 * Tells `observe` again and again, in milliseconds, how late the event loop is with a timer, and when that was: for so long
 * a request waits that arrives meanwhile. A loop that is held up tells it once a turn. When it returns false, it is told no
 * more until `wake` is called.
 */
export function watchLoopDelay(observe: (delayMs: number, nowMs: number) => boolean): LoopWatch {
  let timer: NodeJS.Timeout | undefined;
  let dueAt = 0;
  const rest = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const turn = () => {
    const now = performance.now();
    const goesOn = observe(Math.max(0, now - dueAt), now);
    dueAt = now + everyMs;
    if (!goesOn) rest();
  };
  const wake = () => {
    if (timer) return;
    dueAt = performance.now() + everyMs;
    timer = setInterval(turn, everyMs).unref();
  };
  return { wake, [Symbol.dispose]: rest };
}

const everyMs = 20;
