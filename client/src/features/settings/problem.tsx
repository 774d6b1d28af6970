import { Alert } from "@mantine/core";

/** Why something was not done, where no field is to blame. */
export function Problem({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <Alert color="terracotta" role="alert">
      {text}
    </Alert>
  );
}
