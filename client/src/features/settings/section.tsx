import { Loader, Paper, Stack, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { Away } from "./away.tsx";
import classes from "./settings-page.module.css";

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** One thing that can be set. */
export function Section({ title, children }: SectionProps) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} className={classes.section as string} withBorder>
      <Title order={2} size="h4" id={id} mb="md">
        {title}
      </Title>
      <Stack>{children}</Stack>
    </Paper>
  );
}

/**
 * How the account is asked for. Not into the cache, which is kept on disk: addresses and tokens are nothing to leave there.
 * While it is asked for again, what is shown stays.
 */
export const fromServer = { fetchPolicy: "no-cache", notifyOnNetworkStatusChange: false } as const;

interface LoadedProps<Data> {
  /** What a query came to. */
  readonly query: { readonly data?: Data | undefined; readonly error?: unknown; readonly refetch: () => unknown };
  readonly children: (data: Data) => ReactNode;
}

/** What the server knows, once it has said it whole. */
export function Loaded<Data>({ query: { data, error, refetch }, children }: LoadedProps<Data>) {
  const { t } = useTranslation();
  if (error) return <Away error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loader type="dots" size="sm" aria-label={t(($) => $.app.loading)} />;
  return children(data);
}
