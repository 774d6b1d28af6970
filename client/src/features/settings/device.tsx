import { useTranslation } from "react-i18next";
import { deviceName } from "./device-name.ts";

/** What somebody used, in words: "Firefox en Windows". */
export function Device({ userAgent }: { userAgent: string | null | undefined }) {
  const { t } = useTranslation();
  const { program, system } = deviceName(userAgent ?? "");
  if (program && system) return t(($) => $.settings.device, { program, system });
  return program ?? system ?? t(($) => $.settings.unknownDevice);
}
