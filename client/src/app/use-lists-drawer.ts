import { useDidUpdate, useDisclosure, useMediaQuery } from "@mantine/hooks";
import { useRef } from "react";
import { useShortcuts } from "../features/keyboard/use-shortcuts.ts";
import { focusMain } from "../shared/ui/focus-main.ts";

/** The lists on a phone, where they cover all else while they are open: nothing else can be reached then. */
export function useListsDrawer() {
  const [isOpen, { open, close }] = useDisclosure();
  const isPhone = useMediaQuery("(max-width: 47.99em)") ?? false;
  const closeButton = useRef<HTMLButtonElement>(null);
  const isCovering = isPhone && isOpen;
  useDidUpdate(() => {
    if (isCovering) closeButton.current?.focus();
    else focusMain();
  }, [isCovering]);
  useShortcuts({ escape: () => (isCovering ? close() : false) });
  return { isOpen, isCovering, isHidden: isPhone && !isOpen, open, close, closeButton };
}
