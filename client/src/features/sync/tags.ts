/** By which tags are the same: without regard to case, as at the server. */
export const tagKey = (tag: string): string => tag.normalize("NFKC").toLowerCase();

/** The tags without repetitions; the first spelling stays. */
export function distinctTags(tags: readonly string[]): string[] {
  const seen = new Set<string>();
  return tags.filter((tag) => seen.size < seen.add(tagKey(tag)).size);
}

/** The tags with some more, and without others. */
export function retagged(
  tags: readonly string[],
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): string[] {
  const removed = new Set(remove.map(tagKey));
  return distinctTags([...tags, ...add].filter((tag) => !removed.has(tagKey(tag))));
}
