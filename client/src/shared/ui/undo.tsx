import { Button, Group, Notification, Portal } from "@mantine/core";
import { createContext, type FocusEvent, type ReactNode, use, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "../../features/keyboard/use-shortcuts.ts";
import { focusMain } from "./focus-main.ts";

/** How long a way back is offered, unless the person is looking at it. */
export const undoForMs = 8_000;

interface Offer {
  readonly id: number;
  readonly text: string;
  /** Undefined for what is only said. */
  readonly undo: Undo | undefined;
}

/** False, or a promise of it, when it is too late. */
type Undo = () => unknown;
type OfferUndo = (text: string, undo?: Undo) => void;

const UndoContext = createContext<OfferUndo>(() => {});

/** Says that something was done, with a way back for a while if there is one. Only the last word stands. */
export const useUndo = (): OfferUndo => use(UndoContext);

export function UndoProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [offer, setOffer] = useState<Offer>();
  const [isLookedAt, setIsLookedAt] = useState(false);
  const toast = useRef<HTMLDivElement>(null);
  const cameFrom = useRef<EventTarget>(null);
  useEffect(() => {
    if (!offer || isLookedAt) return;
    const timer = setTimeout(() => setOffer(undefined), undoForMs);
    return () => clearTimeout(timer);
  }, [offer, isLookedAt]);
  const offerUndo = useCallback<OfferUndo>((text, undo) => {
    setOffer((last) => ({ id: (last?.id ?? 0) + 1, text, undo }));
  }, []);
  const end = () => {
    setOffer(undefined);
    setIsLookedAt(false);
    if (!toast.current?.contains(document.activeElement)) return;
    if (cameFrom.current instanceof HTMLElement && cameFrom.current.isConnected) cameFrom.current.focus();
    else focusMain();
  };
  const undoOffered = () => {
    const { undo } = offer ?? {};
    if (!undo) return false;
    end();
    void Promise.resolve(undo()).then((isUndone) => {
      if (isUndone === false) offerUndo(t(($) => $.tasks.tooLate));
    });
  };
  const onFocus = ({ currentTarget, relatedTarget }: FocusEvent) => {
    setIsLookedAt(true);
    if (!currentTarget.contains(relatedTarget)) cameFrom.current = relatedTarget;
  };
  useShortcuts({ "ctrl+z": undoOffered });
  return (
    <UndoContext value={offerUndo}>
      {children}
      <Portal>
        <div ref={toast} className="tareas-toasts" aria-live="polite">
          {offer && (
            <Notification
              key={offer.id}
              onClose={end}
              closeButtonProps={{ "aria-label": t(($) => $.app.close) }}
              withBorder
              onPointerEnter={() => setIsLookedAt(true)}
              onPointerLeave={() => setIsLookedAt(false)}
              onFocus={onFocus}
              onBlur={() => setIsLookedAt(false)}
            >
              <Group justify="space-between" wrap="nowrap">
                {offer.text}
                {offer.undo && (
                  <Button size="compact-sm" variant="subtle" onClick={undoOffered}>
                    {t(($) => $.tasks.undo)}
                  </Button>
                )}
              </Group>
            </Notification>
          )}
        </div>
      </Portal>
    </UndoContext>
  );
}
