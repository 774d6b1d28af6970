import { useCallback, useMemo, useRef, useState } from "react";

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Whether tasks are being chosen: by the button, or because one is. */
  readonly isChoosing: boolean;
  readonly has: (id: string) => boolean;
  /** Chooses a task or leaves it out; as a range, all from the one before. */
  readonly toggle: (id: string, isRange: boolean) => void;
  readonly choose: (ids: readonly string[]) => void;
  readonly begin: () => void;
  readonly clear: () => void;
}

/** Which of the tasks of a view are chosen, for acting on them together. `shown` are their ids, in order. */
export function useSelection(shown: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [hasBegun, setHasBegun] = useState(false);
  const last = useRef<string | null>(null);
  const order = useRef(shown);
  order.current = shown;

  const ids = useMemo(() => {
    if (chosen.size === 0) return chosen;
    const present = new Set(shown);
    return new Set([...chosen].filter((id) => present.has(id)));
  }, [chosen, shown]);

  const toggle = useCallback((id: string, isRange: boolean) => {
    const [from, to] = [last.current, id].map((one) => order.current.indexOf(one ?? "")) as [number, number];
    last.current = id;
    setChosen((before) => {
      if (isRange && from >= 0)
        return new Set([...before, ...order.current.slice(Math.min(from, to), Math.max(from, to) + 1)]);
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const choose = useCallback((all: readonly string[]) => setChosen(new Set(all)), []);
  const begin = useCallback(() => setHasBegun(true), []);
  const clear = useCallback(() => {
    setChosen(new Set());
    setHasBegun(false);
    last.current = null;
  }, []);
  return {
    ids,
    isChoosing: hasBegun || ids.size > 0,
    has: (id) => ids.has(id),
    toggle,
    choose,
    begin,
    clear,
  };
}
