import { hash, type Options, verify } from "@node-rs/argon2";

/** argon2id (the package's default) with the least cost that the OWASP Password Storage Cheat Sheet recommends. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

/** Hashes a password off the event loop; returns a PHC string. */
export const hashPassword = (password: string): Promise<string> => hash(Buffer.from(password), cost);

/** Whether the password is the one that was hashed. */
export const verifyPassword = (passwordHash: string, password: string): Promise<boolean> =>
  verify(passwordHash, Buffer.from(password));
