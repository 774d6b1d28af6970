import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGuardian } from "@tareas/local-stack/process/guardian";
import { serviceNames } from "@tareas/local-stack/services";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { generateServiceKey } from "@tareas/service-kit/auth/service-token";
import { generatePem } from "../../subgraphs/users/src/keys/key-file.ts";
import { noSharing } from "../overload/people.ts";
import { processorSeconds } from "../router/processor-time.ts";

/** Tokens outlive the benchmark. */
const users = { ACCESS_TOKEN_TTL_SECONDS: "86400" };

/** The whole product as it runs in production: the router, both subgraphs and MongoDB, each a process. */
export async function startProduct(signal: AbortSignal): Promise<Stack> {
  await using resources = new AsyncDisposableStack();
  const guardian = resources.use(startGuardian());
  const stateDir = await mkdtemp(join(tmpdir(), "tareas-bench-"));
  guardian.deleteWithUs(stateDir);
  resources.defer(() => rm(stateDir, { recursive: true, force: true }));
  const keys = join(stateDir, "keys");
  await mkdir(keys, { mode: 0o700 });
  await writeFile(join(keys, "service.key"), generateServiceKey(), { mode: 0o600 });
  await writeFile(join(keys, "access-token.pem"), await generatePem(), { mode: 0o600 });
  const all = { NODE_ENV: "production", LOG_LEVEL: "info", OTEL_TRACES_EXPORTER: "none", ...noSharing };
  const env = { router: all, users: { ...all, ...users }, tasks: all };
  const stack = resources.use(await startStack({ env, stateDir, restart: false, signal }));
  const owned = resources.move();
  return { ...stack, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** What the three servers have used of processors so far. */
export async function secondsOfServers(stack: Stack): Promise<number> {
  const pids = serviceNames.map((name) => stack[name].pid).filter((pid) => pid !== undefined);
  return sum(await Promise.all(pids.map(processorSeconds)));
}

/** What MongoDB has used of them; null for one that was started by somebody else. */
export async function secondsOfMongodb({ mongodb }: Stack): Promise<number | null> {
  const pids = mongodb.members.map(({ pid }) => pid).filter((pid) => pid !== undefined);
  return pids.length === 0 ? null : sum(await Promise.all(pids.map(processorSeconds)));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
