import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { SignInPage } from "../features/session/sign-in-page.tsx";
import { useSession } from "../features/session/use-session.ts";
import { UpdateNotice } from "../features/updates/update-notice.tsx";
import { Catch } from "../shared/ui/fallen.tsx";
import { part } from "../shared/ui/part.tsx";
import { Splash } from "../shared/ui/splash.tsx";
import { theme } from "../shared/ui/theme.ts";
import { session } from "./session.ts";
import { updates } from "./updates.ts";

const colorScheme = localStorageColorSchemeManager({ key: "tareas:color-scheme" });

const SignedIn = part(() => import("./signed-in.tsx").then((module) => module.SignedIn), <Splash isLate={false} />);
const ResetPasswordPage = lazy(() =>
  import("../features/session/reset-password-page.tsx").then((module) => ({ default: module.ResetPasswordPage })),
);

/** The whole app: who is signed in decides what there is to see. */
export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorScheme}>
      <Catch>
        <Suspense fallback={<Splash isLate={false} />}>
          {window.location.pathname === "/reset-password" ? <ResetPasswordPage /> : <Door />}
        </Suspense>
      </Catch>
      <UpdateNotice updates={updates} />
    </MantineProvider>
  );
}

/** While a password is being typed. What cannot be loaded now is asked for again when it is shown. */
const loadAhead = () => void SignedIn.load().catch(() => {});

function Door() {
  const { status, user, ended } = useSession(session);
  const [hasBeenOut, setHasBeenOut] = useState(false);
  if (status === "signed-out" && !hasBeenOut) setHasBeenOut(true);
  if (user) return <SignedIn key={user.id} user={user} session={session} isArriving={hasBeenOut} />;
  if (status === "signed-out") return <SignInPage session={session} ended={ended} onBegin={loadAhead} />;
  return <Splash isLate={status === "unreachable"} />;
}
