/** Of a picture, in pixels. */
export interface Format {
  readonly width: number;
  /** Left of the curves, for the numbers and the names of the rows. */
  readonly left: number;
  readonly fontSize: number;
  /** A tick of the time axis each so many pixels, at most. */
  readonly tickPx: number;
  /** What the ground of the curves means. */
  readonly note: string;
}

const fontSize = 12;
export const wide: Format = {
  ...{ width: 920, left: 74, fontSize, tickPx: 70 },
  note: "shaded: from faults to undoing",
};
export const narrow: Format = { ...{ width: 400, left: 62, fontSize, tickPx: 55 }, note: "shaded: faults" };

/** Right of the curves. */
export const rightPx = 16;
export const heights = { throughput: 130, latency: 130, errors: 100, memory: 100 };
/** Where a title is, and its legend, above the curves. */
export const headPx = { title: 14, legend: 34, all: 58 };
const legendLinePx = 24;
const rowPx = 18;
const footPx = 44;
const gapPx = 10;

interface Content {
  /** Names in the legend of the errors. */
  readonly codes: readonly string[];
  /** How many rows of events. */
  readonly rows: number;
}

/** Where each grid begins, how high the rows of events are, and how high all of it. */
export function layoutOf({ codes, rows }: Content, format: Format) {
  const latency = headPx.all + heights.throughput + headPx.all;
  const moreLines = legendLines(codes, format) - 1;
  const errorsHead = latency + heights.latency;
  const errors = errorsHead + headPx.all + moreLines * legendLinePx;
  const memoryHead = errors + heights.errors;
  const memory = memoryHead + headPx.all;
  const events = memory + heights.memory + gapPx;
  return {
    tops: { throughput: headPx.all, latency, errors, memory, events },
    heads: [0, latency - headPx.all, errorsHead, memoryHead] as const,
    eventsHeight: rows * rowPx,
    height: events + rows * rowPx + footPx,
  };
}

export const legendWidth = ({ width, left }: Format) => width - left - rightPx;

/** In how many lines a legend is set; rather one too many, as fonts differ. */
function legendLines(names: readonly string[], format: Format): number {
  const [signPx, characterPx] = [30, 0.62 * format.fontSize];
  let lines = 1;
  let usedPx = 0;
  for (const name of names) {
    const neededPx = signPx + name.length * characterPx;
    if (usedPx > 0 && usedPx + neededPx > legendWidth(format)) {
      lines++;
      usedPx = 0;
    }
    usedPx += neededPx;
  }
  return lines;
}
