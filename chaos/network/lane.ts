import type { Socket } from "node:net";

export interface LaneRules {
  /** How much later than now a piece of so many bytes may go on, in ms. */
  delayOf(bytes: number): number;
  /** What becomes of a piece of data. */
  fateOf(): "pass" | "drop" | "reset";
}

const mostWaitingBytes = 1_048_576;

/**
 * Carries data from one socket to another, in order, under rules that may change at any time. Pieces that are late wait in
 * line, and a line that grows too long stops the sender. `reset` is called when the rules want the connection reset.
 */
export function openLane(from: Socket, to: Socket, rules: LaneRules, reset: () => void): void {
  const line: { readonly data: Buffer; readonly dueAt: number }[] = [];
  let waitingBytes = 0;
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;

  const advance = () => {
    timer = undefined;
    while (line[0] && line[0].dueAt <= performance.now()) {
      const { data } = line.shift() as (typeof line)[number];
      waitingBytes -= data.length;
      if (to.writable && !to.write(data)) from.pause();
    }
    if (waitingBytes < mostWaitingBytes && !to.writableNeedDrain) from.resume();
    if (line[0]) timer = setTimeout(advance, Math.max(0, line[0].dueAt - performance.now()));
    else if (hasEnded) to.end();
  };
  from.on("data", (data) => {
    const fate = rules.fateOf();
    if (fate === "reset") return reset();
    if (fate === "drop") return;
    const dueAt = Math.max(performance.now() + rules.delayOf(data.length), line.at(-1)?.dueAt ?? 0);
    line.push({ data, dueAt });
    waitingBytes += data.length;
    if (waitingBytes >= mostWaitingBytes) from.pause();
    if (!timer) advance();
  });
  to.on("drain", () => from.resume());
  from.on("end", () => {
    hasEnded = true;
    if (!timer) advance();
  });
  // A sender that has ended in order may be gone before its last words are due.
  from.on("close", () => hasEnded || clearTimeout(timer));
  to.on("close", () => clearTimeout(timer));
}
