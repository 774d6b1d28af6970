import { Center, Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** While it is not known yet who is here: a moment. */
export function Splash() {
  const { t } = useTranslation();
  return (
    <Center mih="100dvh" role="status" aria-label={t(($) => $.app.loading)}>
      <Loader type="dots" />
    </Center>
  );
}
