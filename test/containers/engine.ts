import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { hasDocker, hasPodman } from "../../scripts/find-container-engine.ts";

/** What runs containers here, driven as people drive it: by the commands of Docker, or podman behind docker-compose. */
export interface Engine extends AsyncDisposable {
  readonly name: "docker" | "podman";
  /** Runs `docker compose …`, and resolves to what it prints. Throws when it fails. */
  compose(...args: readonly string[]): Promise<string>;
  /** Runs `docker …` or `podman …`. */
  run(...args: readonly string[]): Promise<string>;
}

const root = join(import.meta.dirname, "../..");

/** Docker with its compose, else podman with docker-compose; undefined when there is neither. `env` goes to compose. */
export async function openEngine(env: NodeJS.ProcessEnv): Promise<Engine | undefined> {
  if (hasDocker()) return docker(env);
  if (hasPodman()) return openPodman(env);
  return undefined;
}

const docker = (env: NodeJS.ProcessEnv): Engine => ({
  name: "docker",
  compose: (...args) => output("docker", ["compose", ...args], env),
  run: (...args) => output("docker", args, env),
  [Symbol.asyncDispose]: async () => {},
});

async function openPodman(given: NodeJS.ProcessEnv): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), "tareas-podman-"));
  const socket = join(folder, "podman.sock");
  const env = {
    ...process.env,
    ...given,
    DOCKER_HOST: `unix://${socket}`,
    COMPOSE_DOCKER_CLI_BUILD: "0",
    COMPOSE_HTTP_TIMEOUT: "300",
  };
  const service = spawn("podman", ["system", "service", "--time=0", `unix://${socket}`], { env, stdio: "ignore" });
  await waitUntil(async () => existsSync(socket), { timeoutMs: 30_000, pollMs: 50, what: "podman to listen" });
  const ending = new AbortController();
  const run = (...args: readonly string[]) => output("podman", args, env);
  void checkHealth(run, ending.signal);
  return {
    name: "podman",
    compose: (...args) => output("docker-compose", args, env),
    run,
    async [Symbol.asyncDispose]() {
      ending.abort();
      const { promise, resolve } = Promise.withResolvers<void>();
      service.once("close", () => resolve());
      service.kill();
      await promise;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Podman leaves it to systemd to run health checks, which need not be there. */
async function checkHealth(run: Engine["run"], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const ids = await run("ps", "--quiet", "--filter", "label=com.docker.compose.project").catch(() => "");
    await Promise.all(
      ids
        .split("\n")
        .filter((id) => id !== "")
        .map((id) => run("healthcheck", "run", id).catch(() => {})), // unhealthy, or without a check
    );
    await delay(2_000, undefined, { signal }).catch(() => {});
  }
}

async function output(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const printed = { out: "", all: "" };
  child.stdout.on("data", (chunk) => {
    printed.out += chunk;
    printed.all += chunk;
  });
  child.stderr.on("data", (chunk) => {
    printed.all += chunk;
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once("error", reject);
  child.once("close", resolve);
  const code = await promise;
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${printed.all.slice(-4_000)}`);
  return printed.out;
}
