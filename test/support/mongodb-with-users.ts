import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMongodSettings } from "@tareas/local-stack/config";
import { mongodProcess, replicaSetName } from "@tareas/local-stack/mongodb/mongod-process";
import { freePort } from "@tareas/local-stack/ports";
import { startGuardian } from "@tareas/local-stack/process/guardian";
import { runProgram } from "@tareas/local-stack/process/run-program";
import { repositoryRoot } from "@tareas/local-stack/services";
import type { StackOptions } from "@tareas/local-stack/start-stack";
import { realMongod } from "../../local-stack/test/real-mongod.ts";

/** A MongoDB as in production: everybody signs in, and has the rights that the set-up of production gives. */
export interface MongodbWithUsers extends AsyncDisposable {
  readonly uris: Readonly<Record<"root" | "users" | "tasks" | "backup", string>>;
  /** A folder that goes with it. */
  readonly folder: string;
  /** What a stack that is to run on it has to be started with. */
  readonly stackOptions: Pick<StackOptions, "mongodb"> & { readonly env: Record<"users" | "tasks", NodeJS.ProcessEnv> };
}

const setUpTimeoutMs = 60_000;

/** Starts one, empty, with a replica set of one member. `await using` ends it, and deletes what it held. */
export async function startMongodbWithUsers(): Promise<MongodbWithUsers> {
  await using resources = new AsyncDisposableStack();
  const guardian = resources.use(startGuardian());
  const folder = await mkdtemp(join(tmpdir(), "tareas-"));
  guardian.deleteWithUs(folder);
  resources.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  const port = await freePort();
  const mongod = resources.use(await mongodWithUsers(folder, port, guardian));
  await mongod.start();
  await mongod.ready();
  const { uris, env } = signIns(`127.0.0.1:${port}`);
  const setUp = join(repositoryRoot, "service-kit/src/mongo/set-up.ts");
  await runProgram(process.execPath, [setUp], { env: { ...process.env, ...env }, timeoutMs: setUpTimeoutMs });
  const owned = resources.move();
  return { uris, folder, stackOptions: stackOptions(uris, folder), [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function mongodWithUsers(folder: string, port: number, guardian: ReturnType<typeof startGuardian>) {
  const keyFile = join(folder, "mongodb.key");
  await writeFile(keyFile, randomBytes(512).toString("base64"), { mode: 0o400 });
  const data = join(folder, "data");
  await mkdir(data);
  return mongodProcess({
    ...{ name: "mongod", binary: await realMongod(), port, folder: data, logFile: join(folder, "mongod.log") },
    ...{ keyFile, guardian, restart: false, niceness: 0, throwAway: true, parameters: { enableTestCommands: "1" } },
  });
}

/** The secrets as `npm run secrets` makes them, and the set-up's environment. */
function signIns(host: string) {
  const password = () => randomBytes(24).toString("base64url");
  const uriOf = (name: string, database: string, secret = password()) =>
    `mongodb://${name}:${secret}@${host}/${database}?replicaSet=${replicaSetName}&authSource=admin`;
  const rootPassword = password();
  const uris = {
    root: uriOf("root", "", rootPassword),
    users: uriOf("users", "users"),
    tasks: uriOf("tasks", "tasks"),
    backup: uriOf("backup", ""),
  };
  const env = {
    MONGODB_LOCAL: host,
    MONGODB_MEMBERS: host,
    MONGODB_ROOT_PASSWORD: rootPassword,
    MONGODB_USERS_URI: uris.users,
    MONGODB_TASKS_URI: uris.tasks,
    MONGODB_BACKUP_URI: uris.backup,
  };
  return { uris, env };
}

function stackOptions(uris: MongodbWithUsers["uris"], folder: string): MongodbWithUsers["stackOptions"] {
  const settings = { ...readMongodSettings(), uri: uris.root, provider: "uri" as const };
  return {
    // With a folder of its own for data that stay, the stack takes the databases' own names.
    mongodb: { settings, dataDir: folder },
    env: { users: { MONGODB_URI: uris.users }, tasks: { MONGODB_URI: uris.tasks } },
  };
}
