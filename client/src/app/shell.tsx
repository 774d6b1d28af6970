import { Anchor, AppShell, Burger, Group, Stack, Text } from "@mantine/core";
import { useDidUpdate } from "@mantine/hooks";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Route, Switch, useLocation, useSearchParams } from "wouter";
import { useShortcuts } from "../features/keyboard/use-shortcuts.ts";
import { ListDialog } from "../features/lists/list-dialog.tsx";
import { ListMenu } from "../features/lists/list-menu.tsx";
import { useListActions } from "../features/lists/use-list-actions.ts";
import { useListName } from "../features/lists/use-list-name.ts";
import { SearchBox } from "../features/search/search-box.tsx";
import { AccountMenu } from "../features/session/account-menu.tsx";
import type { Session, SignedInUser } from "../features/session/session.ts";
import { SignOutDialog } from "../features/session/sign-out-dialog.tsx";
import { SyncSign } from "../features/sync/sync-sign.tsx";
import { useReloadAfterWrites } from "../features/sync/use-reload-after-writes.ts";
import { useWorkspace } from "../features/sync/use-workspace.ts";
import { ListPlaceholder } from "../features/tasks/placeholders.tsx";
import { TasksView } from "../features/tasks/tasks-view.tsx";
import { OverviewContext, useLoadedOverview, useOverview } from "../features/views/overview.ts";
import { SideNav } from "../features/views/side-nav.tsx";
import {
  pathOf,
  pathOfList,
  type ViewName,
  viewNames,
  viewOf,
  viewOfList,
  viewOfSearch,
} from "../features/views/views.ts";
import { Degraded, isUnreached } from "../shared/ui/degraded.tsx";
import { Catch } from "../shared/ui/fallen.tsx";
import { focusMain, isFocusLost } from "../shared/ui/focus-main.ts";
import { useToday } from "../shared/use-today.ts";
import classes from "./shell.module.css";
import { useCommands } from "./use-commands.ts";
import { useListsDrawer } from "./use-lists-drawer.ts";

const CommandPalette = lazy(() =>
  import("../features/keyboard/command-palette.tsx").then((module) => ({ default: module.CommandPalette })),
);
const ShortcutsSheet = lazy(() =>
  import("../features/keyboard/shortcuts-sheet.tsx").then((module) => ({ default: module.ShortcutsSheet })),
);
const SettingsPage = lazy(() =>
  import("../features/settings/settings-page.tsx").then((module) => ({ default: module.SettingsPage })),
);

export type Dialog = "new-list" | "palette" | "keys" | "sign-out";

interface ShellProps {
  readonly user: SignedInUser;
  readonly session: Session;
  /** Whether they have just signed in. */
  readonly isArriving: boolean;
}

/** What is round every view: the lists on the left, search and the person above. */
export function Shell({ user, session, isArriving }: ShellProps) {
  const { t } = useTranslation();
  const overview = useLoadedOverview();
  const lists = useListsDrawer();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const { queue } = useWorkspace();
  useReloadAfterWrites(overview.reload);
  const signOut = () => {
    if (queue.state().entries.length > 0) setDialog("sign-out");
    else void session.signOut();
  };
  const [path] = useLocation();
  // A page that is opened begins at its top; who comes from the form of the sign-in, or from a row of another view, goes on.
  useEffect(() => {
    if (isArriving && isFocusLost()) focusMain();
  }, [isArriving]);
  useDidUpdate(() => {
    if (isFocusLost()) focusMain();
  }, [path]);
  const commands = useCommands({ overview, onSignOut: signOut, onDialog: setDialog });
  const newList = () => {
    lists.close();
    setDialog("new-list");
  };
  const closeDialog = () => setDialog(null);
  useShortcuts({ "?": () => setDialog("keys"), "ctrl+k": () => setDialog("palette"), ...commands.shortcuts });

  return (
    <OverviewContext value={overview}>
      <AppShell
        layout="alt"
        header={{ height: 60 }}
        navbar={{ width: 264, breakpoint: "sm", collapsed: { mobile: !lists.isOpen } }}
        padding={{ base: "md", sm: "xl" }}
        classNames={{ header: classes.header as string, navbar: classes.navbar as string }}
      >
        <a href="#main" className={classes.skip}>
          {t(($) => $.app.skip)}
        </a>
        <AppShell.Header inert={lists.isCovering}>
          <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
            <Burger onClick={lists.open} hiddenFrom="sm" size="sm" aria-label={t(($) => $.lists.open)} />
            <SearchBox />
            <Group gap="sm" wrap="nowrap">
              <SyncSign isReached={!isUnreached(overview.error)} />
              <AccountMenu user={user} onSignOut={signOut} />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="md" inert={lists.isHidden}>
          <Group mb="lg" justify="space-between">
            <Group gap="xs">
              <img src="/icon.svg" alt="" width={28} height={28} />
              <Text className={classes.brand as string}>{t(($) => $.app.name)}</Text>
            </Group>
            <Burger
              ref={lists.closeButton}
              opened
              onClick={lists.close}
              hiddenFrom="sm"
              size="sm"
              aria-label={t(($) => $.lists.close)}
            />
          </Group>
          <SideNav onNewList={newList} onFollow={lists.close} />
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1} inert={lists.isCovering} className={classes.main as string}>
          <div className={classes.banner}>
            {!isUnreached(overview.error) && <Degraded error={overview.error} onRetry={overview.reload} />}
          </div>
          <Catch>
            <Suspense fallback={<ListPlaceholder />}>
              <Views user={user} session={session} />
            </Suspense>
          </Catch>
        </AppShell.Main>
      </AppShell>
      {dialog === "new-list" && <NewList onClose={closeDialog} />}
      {dialog === "sign-out" && <SignOutDialog onSignOut={() => void session.signOut()} onClose={closeDialog} />}
      <Suspense>
        {dialog === "palette" && <CommandPalette commands={commands.all} onClose={closeDialog} />}
        {dialog === "keys" && <ShortcutsSheet onClose={closeDialog} />}
      </Suspense>
    </OverviewContext>
  );
}

function Views({ user, session }: Omit<ShellProps, "isArriving">) {
  return (
    <Switch>
      {viewNames.map((name) => (
        <Route key={name} path={pathOf(name)}>
          <NamedView name={name} />
        </Route>
      ))}
      <Route path="/list/:id">{({ id }) => <ListView key={id} id={id} />}</Route>
      <Route path="/search">
        <SearchView />
      </Route>
      <Route path="/settings">
        <SettingsPage user={user} session={session} />
      </Route>
      <Route>
        <Nowhere />
      </Route>
    </Switch>
  );
}

function NamedView({ name }: { name: ViewName }) {
  const { t } = useTranslation();
  const today = useToday();
  const title = name === "all" ? t(($) => $.tasks.title) : t(($) => $.views[name]);
  return <TasksView key={name} view={viewOf(name, today)} title={title} />;
}

/** For an address that leads to nothing: a list that was deleted, say. */
function Nowhere() {
  const { t } = useTranslation();
  return (
    <Stack align="center" mt="xl">
      <Text>{t(($) => $.app.nowhere)}</Text>
      <Anchor component={Link} href={pathOf("all")}>
        {t(($) => $.app.toAll)}
      </Anchor>
    </Stack>
  );
}

function ListView({ id }: { id: string }) {
  const { lists, counts } = useOverview();
  const nameOf = useListName();
  const list = lists.find((one) => one.id === id);
  // The lists are known, and this is none of them.
  if (!list && counts.all !== undefined) return <Nowhere />;
  return <TasksView view={viewOfList(id)} title={list ? nameOf(list) : ""} menu={<ListMenu id={id} />} />;
}

function SearchView() {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const text = parameters.get("q") ?? "";
  return <TasksView view={viewOfSearch(text)} title={t(($) => $.search.title, { text })} />;
}

function NewList({ onClose }: { onClose: () => void }) {
  const [, navigate] = useLocation();
  const actions = useListActions();
  const create = (input: Parameters<typeof actions.create>[0]) => {
    const id = actions.create(input);
    navigate(pathOfList(id));
    return id;
  };
  return <ListDialog list={null} actions={{ ...actions, create }} onClose={onClose} />;
}
