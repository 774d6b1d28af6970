import { type FSWatcher, watchFile as pollFile, type StatsListener, unwatchFile, watch } from "node:fs";
import { dirname } from "node:path";

const settleMs = 100;
const pollEveryMs = 2_000;

/**
 * Calls `changed` a moment after the file's content may have changed; one call at a time, several changes may be one.
 * The folder is watched, so that a rename over the file or a switched symbolic link (as Kubernetes does) counts;
 * polling covers file systems that report nothing.
 */
export function watchFile(path: string, changed: () => Promise<void>): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      last = last.then(changed);
    }, settleMs);
  };
  const onPoll: StatsListener = () => soon();
  pollFile(path, { interval: pollEveryMs, persistent: false }, onPoll);
  const watcher = watchFolder(dirname(path), soon);
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      unwatchFile(path, onPoll);
      watcher?.close();
    },
  };
}

/** Undefined when the system has no watcher to give: polling has to do then. */
function watchFolder(folder: string, onEvent: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, onEvent);
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
