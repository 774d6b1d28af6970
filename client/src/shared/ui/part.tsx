import { type ComponentType, type ReactNode, useEffect, useState } from "react";

/**
 * A component that is loaded when it is first shown, or earlier by its `load`. Unlike React's `lazy` it is shown as soon as
 * it is there: React holds back for 300 ms what takes the place of a fallback.
 */
export function part<Props extends object>(load: () => Promise<ComponentType<Props>>, fallback: ReactNode) {
  let loaded: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;
  const begin = async () => {
    try {
      loaded = await load();
    } catch (error) {
      loading = undefined; // the next time may be a better one
      throw error;
    }
  };
  const loadOnce = (): Promise<void> => {
    loading ??= begin();
    return loading;
  };

  // biome-ignore lint/correctness/noComponentHookFactories: made once per module, as with lazy
  function Part(props: Props) {
    const [Shown, setShown] = useState(() => loaded);
    const [failure, setFailure] = useState<{ readonly error: unknown }>();
    useEffect(() => {
      loadOnce().then(
        () => setShown(() => loaded),
        (error: unknown) => setFailure({ error }),
      );
    }, []);
    if (failure) throw failure.error;
    return Shown ? <Shown {...props} /> : fallback;
  }
  return Object.assign(Part, { load: loadOnce });
}
