import { Button, Center, Stack, Text } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface CatchProps {
  readonly children: ReactNode;
}

/** Shows a way on when a part of the app fails: a bug, or a piece of it that could not be loaded. */
export class Catch extends Component<CatchProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <Fallen onRetry={() => this.setState({ hasFailed: false })} /> : this.props.children;
  }
}

function Fallen({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Center mih="40dvh" role="alert">
      <Stack align="center">
        <Text>{t(($) => $.errors.OTHER)}</Text>
        <Button variant="light" onClick={onRetry}>
          {t(($) => $.status.retry)}
        </Button>
        <Button variant="subtle" onClick={() => window.location.reload()}>
          {t(($) => $.app.reload)}
        </Button>
      </Stack>
    </Center>
  );
}
