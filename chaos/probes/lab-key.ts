import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Stack } from "@tareas/local-stack/start-stack";

/** The key that signs access tokens, or will when it has been published long enough: the first of its file (PEM). */
export async function readSigningKey({ serviceKeyFile }: Stack): Promise<KeyObject> {
  return createPrivateKey(await readFile(join(dirname(serviceKeyFile), "access-token.pem")));
}
