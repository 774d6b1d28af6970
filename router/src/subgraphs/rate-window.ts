const seconds = 60;
const currentSecond = () => Math.floor(performance.now() / 1_000);

/** How many calls there were in the last minute, and how many of them failed: by whole seconds. */
export class RateWindow {
  readonly #slots = Array.from({ length: seconds }, () => ({ second: -1, calls: 0, failed: 0 }));

  add(hasFailed: boolean): void {
    const second = currentSecond();
    const at = second % seconds;
    const slot = this.#slots[at]?.second === second ? this.#slots[at] : { second, calls: 0, failed: 0 };
    slot.calls += 1;
    slot.failed += Number(hasFailed);
    this.#slots[at] = slot;
  }

  read(): { readonly perSecond: number; readonly failedShare: number } {
    const oldest = currentSecond() - seconds;
    const recent = this.#slots.filter(({ second }) => second > oldest);
    const calls = recent.reduce((sum, slot) => sum + slot.calls, 0);
    const failed = recent.reduce((sum, slot) => sum + slot.failed, 0);
    return { perSecond: calls / seconds, failedShare: calls === 0 ? 0 : failed / calls };
  }
}
