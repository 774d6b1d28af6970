import { dirname, join } from "node:path";
import { runProgram } from "@tareas/local-stack/process/run-program";
import { repositoryRoot } from "@tareas/local-stack/services";
import type { Stack } from "@tareas/local-stack/start-stack";

const timeoutMs = 30_000;

/** Runs what an operator runs to sign access tokens with a new key. */
export async function rotateKeys({ serviceKeyFile }: Stack): Promise<void> {
  const env = { ...process.env, AUTH_PRIVATE_KEY_FILE: join(dirname(serviceKeyFile), "access-token.pem") };
  const script = "subgraphs/users/src/rotate-keys.ts";
  await runProgram(process.execPath, [script], { env, cwd: repositoryRoot, timeoutMs });
}
