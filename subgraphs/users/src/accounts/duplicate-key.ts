import { BadUserInput } from "@tareas/service-kit/errors";
import { mongo } from "mongoose";

const duplicateKey = 11_000;
const inputPaths: Readonly<Record<string, string>> = { usernameKey: "username", emailKey: "email" };

/** The first path of the unique index that refused a write; undefined when the error is another. */
export function duplicateKeyPath(error: unknown): string | undefined {
  if (!(error instanceof mongo.MongoServerError) || error.code !== duplicateKey) return undefined;
  return Object.keys(error.keyPattern)[0];
}

/** Throws `BadUserInput` when such a path says that a name or an e-mail address is another's. */
export function refuseTaken(path: string | undefined): void {
  const inputPath = path === undefined ? undefined : inputPaths[path];
  if (inputPath !== undefined) throw new BadUserInput([{ path: inputPath, code: "TAKEN" }]);
}
