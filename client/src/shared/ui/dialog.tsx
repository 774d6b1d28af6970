import { Modal, type ModalProps } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { focusMain, isFocusLost } from "./focus-main.ts";

/** A dialog that is open as long as it is there. When it goes, the focus goes back to where it was. */
export function Dialog(props: Omit<ModalProps, "opened">) {
  const { t } = useTranslation();
  useEffect(() => {
    const before = lasting(document.activeElement);
    return () => {
      if (before?.checkVisibility()) before.focus();
      if (isFocusLost()) focusMain();
    };
  }, []);
  return <Modal opened closeButtonProps={{ "aria-label": t(($) => $.app.close) }} {...props} />;
}

/** What stays when a menu closes: its button. */
function lasting(element: Element | null): HTMLElement | null {
  const button = element?.closest('[role="menu"]')?.getAttribute("aria-labelledby");
  const found = button ? document.getElementById(button) : element;
  return found instanceof HTMLElement ? found : null;
}
