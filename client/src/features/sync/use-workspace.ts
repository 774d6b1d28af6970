import { createContext, use, useSyncExternalStore } from "react";
import type { Workspace } from "./workspace.ts";
import type { QueueState } from "./write-queue.ts";

export const WorkspaceContext = createContext<Workspace | null>(null);

/** What this device keeps of the person who is signed in. */
export function useWorkspace(): Workspace {
  const workspace = use(WorkspaceContext);
  if (!workspace) throw new Error("nobody is signed in here");
  return workspace;
}

export function useQueueState(): QueueState {
  const { queue } = useWorkspace();
  return useSyncExternalStore(queue.subscribe, queue.state);
}
