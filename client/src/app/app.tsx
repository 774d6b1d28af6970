import { ApolloProvider } from "@apollo/client/react";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { useEffect } from "react";
import { ResetPasswordPage } from "../features/session/reset-password-page.tsx";
import { SignInPage } from "../features/session/sign-in-page.tsx";
import { useSession } from "../features/session/use-session.ts";
import { TasksPage } from "../features/tasks/tasks-page.tsx";
import { Splash } from "../shared/ui/splash.tsx";
import { theme } from "../shared/ui/theme.ts";
import { UndoProvider } from "../shared/ui/undo.tsx";
import { apollo } from "./apollo.ts";
import { session } from "./session.ts";

const colorScheme = localStorageColorSchemeManager({ key: "tareas:color-scheme" });

/** The whole app: who is signed in decides what there is to see. */
export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorScheme}>
      <ApolloProvider client={apollo}>
        {window.location.pathname === "/reset-password" ? <ResetPasswordPage /> : <Door />}
      </ApolloProvider>
    </MantineProvider>
  );
}

function Door() {
  const { status, user } = useSession(session);
  // What one person saw is not for the next.
  useEffect(() => {
    if (status === "signed-out") void apollo.clearStore();
  }, [status]);
  if (status === "unknown" || status === "unreachable") return <Splash isLate={status === "unreachable"} />;
  if (!user) return <SignInPage session={session} />;
  return (
    <UndoProvider>
      <TasksPage user={user} session={session} />
    </UndoProvider>
  );
}
