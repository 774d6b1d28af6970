import type { Warning } from "./run-operation.ts";

/** An answer with what it lacks, if it lacks anything. */
export const withWarnings = <Answer extends object>(answer: Answer, warnings: readonly Warning[]) =>
  warnings.length > 0 ? { ...answer, warnings } : answer;
