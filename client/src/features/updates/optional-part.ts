let loading = 0;

/** Whether a part of the app is being loaded that it can do without. */
export const isLoadingOptional = (): boolean => loading > 0;

/**
 * Loads a part of the app that it can do without. Undefined when it can't be had: it may be gone with the version that
 * it belongs to, and the page is not reloaded for it.
 */
export async function optionalPart<Module>(load: () => Promise<Module>): Promise<Module | undefined> {
  loading += 1;
  try {
    return await load();
  } catch {
    return undefined;
  } finally {
    loading -= 1;
  }
}
