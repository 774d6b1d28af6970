/** What happens while a stack starts and runs, for the terminal or a test. Times are in milliseconds. */
export type StackEvent =
  | { type: "progress"; step: string; detail: string }
  | { type: "mongodb-chosen"; provider: string; version: string | undefined }
  | { type: "provider-failed"; provider: string; reason: string }
  | { type: "process-started"; name: string; pid: number }
  | { type: "process-ready"; name: string; afterMs: number; restarted: boolean }
  | { type: "process-died"; name: string; how: string; restartInMs: number | undefined }
  | { type: "process-stopped"; name: string; how: string };

export type OnStackEvent = (event: StackEvent) => void;
