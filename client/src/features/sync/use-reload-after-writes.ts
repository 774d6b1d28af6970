import { useEffect } from "react";
import { useWorkspace } from "./use-workspace.ts";

const settledForMs = 1_000;

/** Asks again for what is counted at the server, once all changes are there. */
export function useReloadAfterWrites(reload: () => void): void {
  const { queue } = useWorkspace();
  useEffect(() => {
    let hadWrites = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = queue.subscribe(() => {
      const hasWrites = queue.state().entries.length > 0;
      if (hasWrites) {
        hadWrites = true;
        clearTimeout(timer);
      } else if (hadWrites) {
        hadWrites = false;
        timer = setTimeout(reload, settledForMs);
      }
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [queue, reload]);
}
