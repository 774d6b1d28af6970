import { useQuery } from "@apollo/client/react";
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql } from "../../generated/gql.ts";
import type { ApiTokenRowFragment } from "../../generated/graphql.ts";
import { ApiTokenForm, scopeNames } from "./api-token-form.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { Moment } from "./moment.tsx";
import { Problem } from "./problem.tsx";
import { fromServer, Loaded, Section } from "./section.tsx";
import classes from "./settings-page.module.css";
import { useChange } from "./use-change.ts";

graphql(`
  fragment ApiTokenRow on ApiToken {
    id
    name
    scopes
    expiresAt
    lastUsedAt
  }
`);

const apiTokens = graphql(`
  query ApiTokens {
    apiTokens { ...ApiTokenRow }
  }
`);

const revokeApiToken = graphql(`
  mutation RevokeApiToken($id: ID!) {
    revokeApiToken(input: { id: $id }) { revokedId }
  }
`);

/** The programs that may act for the person. */
export function ApiTokensSection() {
  const { t } = useTranslation();
  const query = useQuery(apiTokens, fromServer);
  return (
    <Section title={t(($) => $.settings.tokens.title)}>
      <Text size="sm" c="var(--quiet)">
        {t(($) => $.settings.tokens.hint)}
      </Text>
      <Loaded query={query}>
        {(data) => (
          <>
            <Tokens tokens={data.apiTokens} />
            <ApiTokenForm />
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Tokens({ tokens }: { tokens: readonly ApiTokenRowFragment[] }) {
  const { t } = useTranslation();
  const { change, isBusy, problem } = useChange(revokeApiToken, ["ApiTokens", "SecurityEvents"]);
  const [asked, setAsked] = useState<ApiTokenRowFragment>();
  return (
    <>
      <Problem text={problem} />
      {tokens.length > 0 && (
        <ul className={classes.rows}>
          {tokens.map((token) => (
            <li key={token.id} className={classes.row}>
              <div>
                <Text fw={500}>{token.name}</Text>
                <Text size="sm" c="var(--quiet)">
                  {scopeNames(t, token.scopes).join(" · ")}
                </Text>
                <Text size="sm" c="var(--quiet)">
                  {t(($) => $.settings.tokens.expires)} <Moment at={token.expiresAt} /> ·{" "}
                  {token.lastUsedAt ? (
                    <>
                      {t(($) => $.settings.tokens.used)} <Moment at={token.lastUsedAt} />
                    </>
                  ) : (
                    t(($) => $.settings.tokens.unused)
                  )}
                </Text>
              </div>
              <Button
                size="compact-sm"
                variant="subtle"
                color="terracotta"
                disabled={isBusy}
                onClick={() => setAsked(token)}
                aria-label={t(($) => $.settings.tokens.revokeOne, { name: token.name })}
              >
                {t(($) => $.settings.tokens.revoke)}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {asked && (
        <ConfirmDialog
          title={t(($) => $.settings.tokens.revokeOne, { name: asked.name })}
          text={t(($) => $.settings.tokens.revokeHint)}
          action={t(($) => $.settings.tokens.revoke)}
          onConfirm={() => void change({ id: asked.id })}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
