/** How large a heap Node is allowed by these arguments, in MiB: the old space and the three parts of the new one. */
export function heapMiB(nodeArguments: readonly string[]): number {
  const [old, semi] = ["--max-old-space-size=", "--max-semi-space-size="].map((option) =>
    Number(nodeArguments.find((one) => one.startsWith(option))?.slice(option.length)),
  );
  return Number(old) + 3 * Number(semi);
}
