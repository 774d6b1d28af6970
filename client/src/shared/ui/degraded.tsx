import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { Alert, Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { errorText } from "./error-text.ts";

const unreachable = ["SUBGRAPH_UNAVAILABLE", "SUBGRAPH_TIMEOUT"];

/** Which parts of the product an answer could not reach. */
export function missingParts(error: unknown): string[] {
  if (!CombinedGraphQLErrors.is(error)) return [];
  const missing = error.errors.filter(({ extensions }) => unreachable.includes(String(extensions?.code)));
  return [...new Set(missing.map(({ extensions }) => String(extensions?.subgraph)))];
}

/** Whether no answer came at all: then it is the network that is missing, and not a part. */
export const isUnreached = (error: unknown): boolean => Boolean(error) && !CombinedGraphQLErrors.is(error);

/** A quiet word on what is missing, and no more: the rest works. */
export function Degraded({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  if (!error) return null;
  const missing = missingParts(error);
  const text = missing.includes("tasks")
    ? t(($) => $.status.tasksDown)
    : missing.includes("users")
      ? t(($) => $.status.usersDown)
      : errorText(t, error);
  return (
    <Alert color="terracotta" variant="light" mb="md" role="status">
      <Group justify="space-between">
        {text}
        <Button size="compact-sm" variant="subtle" color="terracotta" onClick={onRetry}>
          {t(($) => $.status.retry)}
        </Button>
      </Group>
    </Alert>
  );
}
