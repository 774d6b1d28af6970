import { setTimeout as delay } from "node:timers/promises";
import { mongo } from "mongoose";
import type { Log } from "../log.ts";
import { StartError } from "../settings.ts";
import type { SetUpSettings } from "./set-up-settings.ts";

const { MongoClient, MongoServerError } = mongo;
type Db = mongo.Db;

const patienceMs = 120_000;
const pauseMs = 500;
const alreadyInitialized = 23;
const userNotFound = 11;
const unauthorized = 13;
const authenticationFailed = 18;

/**
 * Forms the replica set unless it is formed, and makes its users unless they are there: root by what mongod allows to
 * whoever comes from the same host while there is no user, the others by root. Those that are there get the passwords that the
 * secrets hold now. Throws a `StartError` after two minutes in vain, or when root has another password.
 */
export async function setUpMongodb(settings: SetUpSettings, log: Log): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      await setUpOnce(settings, log);
      return;
    } catch (error) {
      if (error instanceof StartError) throw error;
      if (performance.now() > giveUpAt)
        throw new StartError(`MongoDB could not be set up: ${(error as Error).message}.`);
      log.debug({ err: error }, "not yet");
      await delay(pauseMs);
    }
  }
}

async function setUpOnce(settings: SetUpSettings, log: Log): Promise<void> {
  if (await hasRoot(settings)) {
    await whenPrimary(settings, (admin) => makeUsers(admin, settings));
    log.info("MongoDB is set up");
    return;
  }
  await using local = await connect(`mongodb://${settings.MONGODB_LOCAL}/?directConnection=true`);
  await initiate(local.db("admin"), settings, log);
  if (!(await local.db("admin").command({ hello: 1 })).isWritablePrimary)
    throw new Error("not the primary, or not yet");
  await makeRoot(local.db("admin"), settings);
  log.info("root is there");
  return setUpOnce(settings, log);
}

async function initiate(admin: Db, settings: SetUpSettings, log: Log): Promise<void> {
  const config = {
    _id: settings.MONGODB_REPLICA_SET,
    members: settings.MONGODB_MEMBERS.map((host, index) => ({ _id: index, host })),
    // A lost primary is noticed after 2 s, not after 10.
    settings: { electionTimeoutMillis: 2_000, heartbeatIntervalMillis: 500 },
  };
  try {
    await admin.command({ replSetInitiate: config });
    log.info({ members: settings.MONGODB_MEMBERS }, "the replica set is formed");
  } catch (error) {
    if (!hasCode(error, alreadyInitialized, unauthorized)) throw error;
  }
}

async function makeRoot(admin: Db, { MONGODB_ROOT_PASSWORD: password }: SetUpSettings): Promise<void> {
  try {
    await admin.command({ createUser: "root", pwd: password, roles: ["root"] });
  } catch (error) {
    if (!hasCode(error, unauthorized)) throw error;
    throw new StartError("MONGODB_ROOT_PASSWORD is not the password of the root that is there.");
  }
}

/** Whether root can sign in at the member beside us. */
async function hasRoot(settings: SetUpSettings): Promise<boolean> {
  try {
    await using local = await connect(rootUri(settings.MONGODB_LOCAL, settings, "directConnection=true"));
    await local.db("admin").command({ ping: 1 });
    return true;
  } catch (error) {
    if (hasCode(error, authenticationFailed)) return false;
    throw error;
  }
}

const connect = (uri: string) => new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 }).connect();

async function whenPrimary(settings: SetUpSettings, work: (admin: Db) => Promise<void>): Promise<void> {
  const { MONGODB_MEMBERS: members, MONGODB_REPLICA_SET: name } = settings;
  await using client = await connect(rootUri(members.join(","), settings, `replicaSet=${name}`));
  await work(client.db("admin"));
}

const rootUri = (hosts: string, { MONGODB_ROOT_PASSWORD: password }: SetUpSettings, options: string) =>
  `mongodb://root:${encodeURIComponent(password)}@${hosts}/?authSource=admin&${options}`;

async function makeUsers(admin: Db, settings: SetUpSettings): Promise<void> {
  const roles = {
    MONGODB_USERS_URI: (db: string) => [{ role: "readWrite", db }],
    MONGODB_TASKS_URI: (db: string) => [{ role: "readWrite", db }],
    MONGODB_BACKUP_URI: () => ["backup", "restore"],
  };
  for (const [setting, rolesFor] of Object.entries(roles)) {
    const { name, password, database } = signInOf(setting, settings[setting as keyof typeof roles]);
    const user = { pwd: password, roles: rolesFor(database) };
    try {
      await admin.command({ updateUser: name, ...user });
    } catch (error) {
      if (!hasCode(error, userNotFound)) throw error;
      await admin.command({ createUser: name, ...user });
    }
  }
}

function signInOf(setting: string, uri: string) {
  const { credentials, dbName } = new MongoClient(uri).options;
  if (!credentials?.username || !credentials.password)
    throw new StartError(`${setting} has to name a user and a password.`);
  if (credentials.source !== "admin") throw new StartError(`${setting} has to have authSource=admin.`);
  return { name: credentials.username, password: credentials.password, database: dbName };
}

function hasCode(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof MongoServerError && codes.some((code) => code === error.code);
}
