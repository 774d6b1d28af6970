import { useQuery } from "@apollo/client/react";
import { Button, Text } from "@mantine/core";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql } from "../../generated/gql.ts";
import type { SecurityEventRowFragment } from "../../generated/graphql.ts";
import { Device } from "./device.tsx";
import { Moment } from "./moment.tsx";
import { fromServer, Loaded, Section } from "./section.tsx";
import classes from "./settings-page.module.css";

graphql(`
  fragment SecurityEventRow on SecurityEvent {
    id
    type
    at
    address
    device
    detail
    count
  }
`);

const securityEvents = graphql(`
  query SecurityEvents($first: Int!) {
    securityEvents(first: $first) { nodes { ...SecurityEventRow } pageInfo { hasNextPage } }
  }
`);

const shown = { first: 5, more: 100 };
const known = [
  "REGISTERED",
  "SIGNED_IN",
  "SIGN_IN_FAILED",
  "SIGNED_OUT",
  "SESSION_ENDED",
  "REFRESH_TOKEN_REUSED",
  "PASSWORD_CHANGED",
  "EMAIL_CHANGED",
  "PASSWORD_RESET_REQUESTED",
  "PASSWORD_RESET",
  "API_TOKEN_CREATED",
  "API_TOKEN_REVOKED",
  "DATA_EXPORTED",
] as const;

/** What happened to the account of late. */
export function ActivitySection() {
  const { t } = useTranslation();
  const [first, setFirst] = useState(shown.first);
  const { data, previousData, error, refetch } = useQuery(securityEvents, {
    variables: { first },
    ...fromServer,
  });
  return (
    <Section title={t(($) => $.settings.activity.title)}>
      <Loaded query={{ data: data ?? previousData, error, refetch }}>
        {({ securityEvents: page }) => (
          <>
            <ul className={classes.rows}>
              {page.nodes.map((event) => (
                <EventRow key={event.id} event={event} />
              ))}
            </ul>
            {first === shown.first && page.pageInfo.hasNextPage && (
              <Button variant="default" mr="auto" onClick={() => setFirst(shown.more)}>
                {t(($) => $.settings.activity.more)}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

function EventRow({ event }: { event: SecurityEventRowFragment }) {
  const { t } = useTranslation();
  const times = event.count > 1 ? ` ×${event.count}` : "";
  const detail = event.detail ? `: ${event.detail}` : "";
  return (
    <li className={classes.row}>
      <div>
        <Text fw={500}>
          {eventName(t, event.type)}
          {detail}
          {times}
        </Text>
        <Text size="sm" c="var(--quiet)">
          <Device userAgent={event.device} />
          {event.address && ` · ${event.address}`}
        </Text>
      </div>
      <Text size="sm" c="var(--quiet)">
        <Moment at={event.at} />
      </Text>
    </li>
  );
}

/** A newer server may tell of what this version has no words for. */
function eventName(t: TFunction, type: string): string {
  const one = known.find((name) => name === type) ?? "OTHER";
  return t(($) => $.settings.activity.types[one]);
}
