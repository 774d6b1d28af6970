import { useEffect, useRef } from "react";

/** What a key does; false when it does nothing here, and the key is the browser's. */
type Shortcut = () => unknown;

/** Keys as `event.key` names them, in small letters: `j`, `ctrl+a`, `alt+arrowup`; `g t` is one after the other. */
export type Shortcuts = Readonly<Record<string, Shortcut>>;

/** The one that means nothing in a field. */
const whileTyping = "ctrl+k";
const sequenceMs = 1_200;
const active = new Set<() => Shortcuts>();
let prefix: { key: string; at: number } | undefined;
let isListening = false;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type)));

// Keys of an open dialog or menu are its own.
const isElsewhere = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null;

function nameOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  const isLetter = key.length === 1;
  const modifiers = [
    (event.ctrlKey || event.metaKey) && "ctrl",
    event.altKey && "alt",
    event.shiftKey && (!isLetter || /\p{L}/u.test(key)) && "shift",
  ];
  return [...modifiers.filter(Boolean), key].join("+");
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isElsewhere(event.target)) return;
  const key = nameOf(event);
  if (isTyping(event.target) && key !== whileTyping) return;
  const isSequence = prefix !== undefined && event.timeStamp - prefix.at < sequenceMs;
  const names = isSequence ? [`${prefix?.key} ${key}`] : [key];
  prefix = !isSequence && key === "g" ? { key, at: event.timeStamp } : undefined;
  for (const shortcuts of [...active].toReversed()) {
    const shortcut = names.map((name) => shortcuts()[name]).find((found) => found !== undefined);
    if (!shortcut || shortcut() === false) continue;
    event.preventDefault();
    return;
  }
}

/** Keys that work while the component is there, unless somebody types; the last component to come has the first say. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const current = () => latest.current;
    active.add(current);
    if (!isListening) document.addEventListener("keydown", onKeyDown);
    isListening = true;
    return () => {
      active.delete(current);
    };
  }, []);
}
