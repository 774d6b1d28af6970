/** Numbers from 0 to 1, the same for the same seed. */
export type Random = () => number;

/** Mulberry32 (T. Ettinger): small, and even enough to choose whom to hurt. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A generator of its own for each use, so that none takes numbers from another. */
export function randomFor(seed: number, use: string): Random {
  let hash = seed >>> 0;
  for (const character of use) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619) >>> 0; // FNV-1a
  return seededRandom(hash);
}

/** The same items in another order (Fisher and Yates). */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}

/** One of several. */
export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError("there is nothing to pick from");
  return item;
}
