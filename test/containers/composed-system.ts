import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@tareas/local-stack/ports";
import { answersOk } from "@tareas/local-stack/process/http-ready";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { type Engine, openEngine } from "./engine.ts";

const published = {
  router: "TAREAS_PORT",
  zipkin: "ZIPKIN_PORT",
  prometheus: "PROMETHEUS_PORT",
  toxiproxy: "TOXIPROXY_PORT",
} as const;

/** The system of docker-compose.yml in a project of its own, on free ports. What it leaves, its volumes too, goes with it. */
export interface ComposedSystem extends AsyncDisposable {
  readonly engine: Engine;
  readonly project: string;
  /** Two of each subgraph. `options` are those of compose itself. Resolves when the router is ready. */
  up(...options: readonly string[]): Promise<void>;
  down(...args: readonly string[]): Promise<void>;
  /** Runs one of the services that are there on demand, to its end. */
  runOnce(service: "backup" | "restore"): Promise<void>;
  /** The ids of the containers of a service. */
  idsOf(service: string): Promise<readonly string[]>;
  /** An address at a published port. */
  at(service: keyof typeof published, path?: string): string;
}

/** Builds the images, and brings nothing up yet. Throws when there is no container engine. */
export async function openComposedSystem(project: string): Promise<ComposedSystem> {
  const backups = folderForBackups();
  const env: NodeJS.ProcessEnv = { TAREAS_BACKUPS: backups };
  for (const setting of Object.values(published)) env[setting] = String(await freePort());
  const engine = await openEngine(env);
  if (!engine) throw new Error("there is no container engine: see scripts/install-container-engine.sh");

  const at = (service: keyof typeof published, path = "") => `http://127.0.0.1:${env[published[service]]}${path}`;
  const compose = (...args: readonly string[]) => engine.compose("--project-name", project, ...args);
  const down = async (...args: readonly string[]) => {
    // It is in the network of another container, which podman does not remove before it.
    await compose("rm", "--force", "--stop", "mongodb-setup");
    await compose("--profile", "chaos", "down", ...args);
  };
  const clean = () => down("--volumes", "--remove-orphans");

  try {
    await clean();
    await compose("build", "users", "tasks", "router");
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
  return {
    engine,
    project,
    at,
    down,
    async runOnce(service) {
      await compose("run", "--rm", "-T", service);
    },
    async up(...options) {
      await compose(...options, "up", "--detach", "--scale", "users=2", "--scale", "tasks=2");
      const isReady = () => answersOk(at("router", "/health/ready"));
      await waitUntil(isReady, { timeoutMs: 120_000, pollMs: 100, what: "the router to be ready" });
    },
    idsOf: async (service) => (await compose("ps", "--quiet", service)).trim().split("\n"),
    async [Symbol.asyncDispose]() {
      try {
        await clean();
      } finally {
        rmSync(backups, { recursive: true, force: true });
        await engine[Symbol.asyncDispose]();
      }
    },
  };
}

/** As whom the servers run. */
const containerUser = 1_000;

function folderForBackups(): string {
  const folder = mkdtempSync(join(tmpdir(), "tareas-backups-"));
  if (process.getuid?.() === 0) chownSync(folder, containerUser, containerUser);
  return folder;
}
