import { useQuery } from "@apollo/client/react";
import { Badge, Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql } from "../../generated/gql.ts";
import type { SessionRowFragment } from "../../generated/graphql.ts";
import type { Session } from "../session/session.ts";
import { useQueueState } from "../sync/use-workspace.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { Device } from "./device.tsx";
import { Moment } from "./moment.tsx";
import { Problem } from "./problem.tsx";
import { fromServer, Loaded, Section } from "./section.tsx";
import classes from "./settings-page.module.css";
import { useChange } from "./use-change.ts";

graphql(`
  fragment SessionRow on Session {
    id
    device
    address
    lastUsedAt
    current
  }
`);

const sessionsQuery = graphql(`
  query Sessions {
    sessions { ...SessionRow }
  }
`);

const endSession = graphql(`
  mutation EndSession($id: ID!) {
    endSession(input: { id: $id }) { endedId }
  }
`);

const endAll = graphql(`
  mutation LogoutEverywhere {
    logoutEverywhere { endedSessions }
  }
`);

/** Where else the person is signed in, and an end to it. */
export function SessionsSection({ session }: { session: Session }) {
  const { t } = useTranslation();
  const query = useQuery(sessionsQuery, fromServer);
  return (
    <Section title={t(($) => $.settings.sessions)}>
      <Loaded query={query}>{(data) => <Sessions sessions={data.sessions} session={session} />}</Loaded>
    </Section>
  );
}

function Sessions({ sessions, session }: { sessions: readonly SessionRowFragment[]; session: Session }) {
  const { t } = useTranslation();
  const ending = useChange(endSession, ["Sessions", "SecurityEvents"]);
  const others = sessions.filter(({ current }) => !current);
  const endOthers = async () => {
    for (const { id } of others) await ending.change({ id });
  };
  return (
    <>
      <Problem text={ending.problem} />
      <ul className={classes.rows}>
        {sessions.map((one) => (
          <SessionRow key={one.id} one={one} isBusy={ending.isBusy} onEnd={() => void ending.change({ id: one.id })} />
        ))}
      </ul>
      <Group>
        {others.length > 0 && (
          <Button variant="default" onClick={endOthers} disabled={ending.isBusy}>
            {t(($) => $.settings.endOthers)}
          </Button>
        )}
        <EndEverywhere session={session} />
      </Group>
    </>
  );
}

interface SessionRowProps {
  readonly one: SessionRowFragment;
  readonly isBusy: boolean;
  readonly onEnd: () => void;
}

function SessionRow({ one, isBusy, onEnd }: SessionRowProps) {
  const { t } = useTranslation();
  return (
    <li className={classes.row}>
      <div>
        <Group gap="xs">
          <Text fw={500}>
            <Device userAgent={one.device} />
          </Text>
          {one.current && <Badge variant="light">{t(($) => $.settings.thisSession)}</Badge>}
        </Group>
        <Text size="sm" c="var(--quiet)">
          {one.address} · <Moment at={one.lastUsedAt} />
        </Text>
      </div>
      {!one.current && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="terracotta"
          onClick={onEnd}
          disabled={isBusy}
          aria-label={t(($) => $.settings.endOneSession, { address: one.address })}
        >
          {t(($) => $.settings.endSession)}
        </Button>
      )}
    </li>
  );
}

function EndEverywhere({ session }: { session: Session }) {
  const { t } = useTranslation();
  const { entries } = useQueueState();
  const [isAsking, setIsAsking] = useState(false);
  const { change, isBusy, problem } = useChange(endAll);
  const end = async () => {
    if (await change({})) await session.signOut();
  };
  const unsaved = entries.length > 0 ? [t(($) => $.session.unsaved, { count: entries.length })] : [];
  return (
    <>
      <Button variant="light" color="terracotta" onClick={() => setIsAsking(true)} loading={isBusy}>
        {t(($) => $.settings.endEverywhere)}
      </Button>
      <Problem text={problem} />
      {isAsking && (
        <ConfirmDialog
          title={t(($) => $.settings.endEverywhere)}
          text={[t(($) => $.settings.endEverywhereHint), ...unsaved].join(" ")}
          action={t(($) => $.settings.endEverywhere)}
          onConfirm={end}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
