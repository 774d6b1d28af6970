import { ApolloProvider } from "@apollo/client/react";
import { useEffect, useState } from "react";
import type { Session, SignedInUser } from "../features/session/session.ts";
import { WorkspaceContext } from "../features/sync/use-workspace.ts";
import { openWorkspace, type Workspace } from "../features/sync/workspace.ts";
import { Splash } from "../shared/ui/splash.tsx";
import { UndoProvider } from "../shared/ui/undo.tsx";
import { Shell } from "./shell.tsx";

interface SignedInProps {
  readonly user: SignedInUser;
  readonly session: Session;
  /** Whether they have just signed in. */
  readonly isArriving: boolean;
}

/** The app of one person, on what this device keeps of them. */
export function SignedIn({ user, session, isArriving }: SignedInProps) {
  const workspace = useOpenWorkspace(user.id, session);
  if (!workspace) return <Splash isLate={false} />;
  return (
    <WorkspaceContext value={workspace}>
      <ApolloProvider client={workspace.apollo}>
        <UndoProvider>
          <Shell user={user} session={session} isArriving={isArriving} />
        </UndoProvider>
      </ApolloProvider>
    </WorkspaceContext>
  );
}

function useOpenWorkspace(id: string, session: Session): Workspace | undefined {
  const [workspace, setWorkspace] = useState<Workspace>();
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    let isGone = false;
    const opening = openWorkspace({ id }, session);
    opening.then(
      (opened) => isGone || setWorkspace(opened),
      (error) => isGone || setFailure(error),
    );
    const withWorkspace = (act: (opened: Workspace) => unknown) => void opening.then(act, () => {});
    const wake = session.subscribe(() => {
      if (session.state().user?.id === id) withWorkspace(({ queue }) => queue.wake());
    });
    return () => {
      isGone = true;
      wake();
      withWorkspace((opened) => leave(opened, session));
    };
  }, [id, session]);
  if (failure !== undefined) throw failure;
  return workspace;
}

/** Who signs out leaves nothing behind. Otherwise what was shown is hidden from whoever comes, and what was not sent stays. */
async function leave(workspace: Workspace, session: Session): Promise<void> {
  const { status, user, ended } = session.state();
  if (status === "signed-out" && !ended) await workspace.close("forget");
  else await workspace.close(user?.id === workspace.ownerId ? "keep" : "hide");
}
