import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const mainScript = join(import.meta.dirname, "../../src/main.ts");

/** Starts the router as it is started in production, and resolves with its address once it listens. */
export async function spawnRouter(env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [mainScript], { env, stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit") as Promise<[number | null]>;
  const logs: string[] = [];
  const errors: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => errors.push(line));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      logs.push(line);
      if (line.includes('"router ready"')) resolve(JSON.parse(line).url);
    });
    void exited.then(([code]) => reject(new Error(`the router exited with ${code}: ${errors.join("\n")}`)));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    return (await exited)[0];
  };
  return { url, logs, errors, pid: child.pid as number, exited: exited.then(([code]) => code), stop };
}
