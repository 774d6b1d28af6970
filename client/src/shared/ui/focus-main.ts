/** Puts the focus on what the page is about: where it goes when what had it is gone. */
export const focusMain = (): void => document.getElementById("main")?.focus();

/** Whether what had the focus is gone. */
export const isFocusLost = (): boolean => document.activeElement === document.body;
