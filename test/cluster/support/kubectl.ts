import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { Manifest } from "../../k8s/support/manifests.ts";

interface KubectlOptions {
  /** Its standard input. */
  readonly input?: string;
  readonly timeoutMs?: number;
}

/** Runs `kubectl …` and resolves to what it prints. Throws what it complains of when it fails. */
export async function kubectl(
  args: readonly string[],
  { input = "", timeoutMs = 60_000 }: KubectlOptions = {},
): Promise<string> {
  const child = spawn("kubectl", args, { timeout: timeoutMs });
  child.stdin.on("error", () => {}); // it has ended before it read all of it, and says why
  child.stdin.end(input);
  const [[code], out, complaint] = await Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
  if (code === 0) return out;
  throw new Error(`kubectl ${args.slice(0, 8).join(" ")}: ${complaint || `no end within ${timeoutMs} ms`}`);
}

/** Makes or changes objects. */
export async function apply(manifests: readonly Manifest[], ...options: readonly string[]): Promise<void> {
  const list = { apiVersion: "v1", kind: "List", items: manifests };
  await kubectl(["apply", "--filename", "-", ...options], { input: JSON.stringify(list) });
}

/** An object, or a list of them, as the API server holds it. */
export async function get<T>(...args: readonly string[]): Promise<T> {
  return JSON.parse(await kubectl(["get", ...args, "--output=json"]));
}

/** Runs a script by Node in a container: one that the container's image has. */
export async function nodeIn(
  pod: { readonly namespace: string; readonly name: string },
  container: string,
  script: string,
) {
  const where = ["--namespace", pod.namespace, pod.name, "--container", container];
  return kubectl(["exec", ...where, "--", "node", "--input-type=module", "--eval", script]);
}
