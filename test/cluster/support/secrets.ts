import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "@tareas/local-stack/process/run-program";
import { repositoryRoot } from "@tareas/local-stack/services";
import type { Manifest } from "../../k8s/support/manifests.ts";
import { documentedSecrets } from "../../k8s/support/secret-files.ts";
import { product } from "./namespaces.ts";

/** New Secrets, those that docs/operating.md makes of files of `npm run secrets`. That of TLS is the ingress controller's. */
export async function newSecrets(): Promise<Manifest[]> {
  const folder = mkdtempSync(join(tmpdir(), "tareas-secrets-"));
  try {
    const args = [join(repositoryRoot, "scripts/make-secrets.ts"), folder];
    await runProgram(process.execPath, args, { env: process.env, timeoutMs: 60_000 });
    return [...documentedSecrets].flatMap(([secret, file]) => {
      const [name = "", key = ""] = secret.split("/");
      if (file === undefined) return [];
      const stringData = { [key]: readFileSync(join(folder, file), "utf8").trimEnd() };
      return [{ apiVersion: "v1", kind: "Secret", metadata: { name, namespace: product }, stringData }];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
