/** The cost of argon2id (RFC 9106). */
export interface HashCost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

// $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>: the PHC string format.
const argon2id = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/;

/**
 * Whether a hash, as a PHC string, was cheaper to compute than one of this cost, in memory or in passes, or is of
 * another kind. Lanes only spread the same work.
 */
export function isWeaker(passwordHash: string, { memoryKiB, passes }: HashCost): boolean {
  const [, memory, time] = argon2id.exec(passwordHash) ?? [];
  return memory === undefined || Number(memory) < memoryKiB || Number(time) < passes;
}
