import { Button, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../shared/ui/error-text.ts";
import type { Session } from "../session/session.ts";
import { useWorkspace } from "../sync/use-workspace.ts";
import { Problem } from "./problem.tsx";
import { Section } from "./section.tsx";

/** Everything that is kept of the person, to take along. */
export function ExportSection({ session }: { session: Session }) {
  const { t } = useTranslation();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { ownerId } = useWorkspace();
  const download = async () => {
    setIsBusy(true);
    setProblem(undefined);
    try {
      const response = await session.fetchAs(ownerId, "/export");
      if (!response.ok) setProblem(errorText(t, { code: "OTHER", ...(await response.json()) }));
      else save(await response.blob(), nameIn(response));
    } catch (error) {
      // Also when the connection breaks off in the midst: a part is not the whole.
      setProblem(errorText(t, error instanceof SyntaxError ? { code: "OTHER" } : {}));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Section title={t(($) => $.settings.export.title)}>
      <Text>{t(($) => $.settings.export.hint)}</Text>
      <Problem text={problem} />
      <Button
        variant="light"
        mr="auto"
        leftSection={<IconDownload size={18} aria-hidden />}
        onClick={download}
        loading={isBusy}
      >
        {t(($) => $.settings.export.download)}
      </Button>
    </Section>
  );
}

const nameIn = (response: Response) =>
  /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "tareas.json";

function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Not at once: some browsers read it only after this.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
