import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { federation } from "./router.ts";

const program = join(import.meta.dirname, "subgraph-program.ts");

/** Starts a plain Apollo subgraph as a process of its own. */
export async function spawnSubgraph(sdl: string, data: object) {
  const child = spawn(process.execPath, [program, federation + sdl, JSON.stringify(data)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => line.startsWith("http") && resolve(line));
    void exited.then(([code]) => reject(new Error(`the subgraph exited with ${code}`)));
  });
  return {
    url: new URL("/graphql", url).href,
    stop: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
