import type { OnStackEvent, StackEvent } from "../stack-events.ts";
import { seconds, type Terminal } from "./terminal.ts";

export interface Narrator {
  onEvent: OnStackEvent;
  /** From now on a process that ends is no news. */
  stopping(): void;
}

/** Tells what happens in the stack, a line at a time, for as long as it runs. */
export function narrate(terminal: Terminal): Narrator {
  let isStopping = false;
  let mongodb = "MongoDB";
  const failedProviders: string[] = [];
  const tell = (event: StackEvent) => {
    switch (event.type) {
      case "progress":
        return terminal.progress(event.detail);
      case "provider-failed":
        return failedProviders.push(`${event.provider}: ${event.reason}`);
      case "mongodb-chosen":
        mongodb = event.version === undefined ? "MongoDB at MONGODB_URI" : `MongoDB ${event.version}`;
        if (event.version === undefined) terminal.done(mongodb);
        return;
      case "process-ready":
        if (event.restarted) return terminal.done(`${clock()}${event.name} is back`, event.afterMs);
        return terminal.done(event.name === "mongod" ? mongodb : event.name, event.afterMs);
      case "process-died":
        if (isStopping || event.restartInMs === undefined) return;
        return terminal.warn(
          `${clock()}${event.name} died (${event.how}); starting it again in ${seconds(event.restartInMs)}`,
        );
      default:
        return;
    }
  };
  return {
    onEvent: (event) => void tell(event),
    stopping() {
      isStopping = true;
    },
  };
}

/** "09:30:00  ": for what happens long after the start. */
const clock = () => `${new Date().toTimeString().slice(0, 8)}  `;
