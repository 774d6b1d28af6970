import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { localUrl, mainScript, nodeArguments, repositoryRoot } from "@tareas/local-stack/services";
import { generateServiceKey } from "@tareas/service-kit/auth/service-token";
import type { Surroundings } from "../surroundings.ts";
import type { Contestant, Program } from "./contestant.ts";

/**
 * Requests that are worked on in any case. Of the usual 160 it would refuse some of 256 clients, as soon as they wait for long,
 * while the others refuse nobody: at twice as many and more the limit is there, and refuses none of those that are measured.
 */
const admitted = 600;

/** Our router as it runs in production: with all of its limits, logs and metrics, and without traces. */
export const ours = (workers = 1): Contestant => ({
  name: workers === 1 ? "ours" : `ours-${workers}`,
  about: workers === 1 ? "this router" : `this router, ${workers} workers`,
  kind: "ours",
  path: () => "/graphql",
  program: (surroundings, port) => programOf(surroundings, port, workers),
});

async function programOf(surroundings: Surroundings, port: number, workers: number): Promise<Program> {
  const { folder, subgraphs, supergraphPath, jwksUrl, revocationsUrl } = surroundings;
  const serviceKeyFile = join(folder, "service.key");
  await writeFile(serviceKeyFile, generateServiceKey(), { mode: 0o600 });
  return {
    command: process.execPath,
    args: [...nodeArguments, join(repositoryRoot, mainScript("router"))],
    env: {
      NODE_ENV: "production",
      PORT: String(port),
      METRICS_PORT: "0",
      ADMISSION_LEAST_IN_FLIGHT: String(admitted),
      ...(workers > 1 && { ROUTER_WORKERS: String(workers) }),
      SUPERGRAPH_PATH: supergraphPath,
      SUBGRAPH_URL_USERS: subgraphs.users,
      SUBGRAPH_URL_TASKS: subgraphs.tasks,
      AUTH_JWKS_URL: jwksUrl,
      AUTH_JWKS_FILE: join(folder, "jwks-router.json"),
      AUTH_REVOCATIONS_URL: revocationsUrl,
      AUTH_REVOCATIONS_FILE: join(folder, "revocations-router.json"),
      AUTH_API_TOKENS_URL: `${localUrl(port)}/no-api-tokens`,
      SERVICE_KEY_FILE: serviceKeyFile,
    },
  };
}
