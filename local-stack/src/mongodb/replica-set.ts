import { type Document, MongoClient, MongoServerError } from "mongodb";
import { waitUntil } from "../wait-until.ts";
import { replicaSetName } from "./mongod-process.ts";

const primaryTimeoutMs = 60_000;
const notYetInitialized = 94;

/** `mongodb://127.0.0.1:1,127.0.0.1:2/?replicaSet=tareas` for the members at these ports. */
export function replicaSetUri(ports: number[]): string {
  return `mongodb://${ports.map(address).join(",")}/?replicaSet=${replicaSetName}`;
}

/**
 * Makes a replica set of the mongods that listen at `ports`, and are reached at the ports of `reachedAt`: a new one, or
 * the persisted one, told its new addresses if they are others than last time. Resolves when there is a primary that every
 * member follows.
 */
export async function formReplicaSet(ports: number[], reachedAt: number[], signal?: AbortSignal): Promise<void> {
  const [first] = ports;
  if (first === undefined) throw new Error("a replica set needs a member");
  await withAdmin(first, async (run) => {
    const persisted = await persistedConfig(run);
    if (!persisted) await run({ replSetInitiate: newConfig(reachedAt) });
    else if (!hasMembers(persisted, reachedAt))
      await run({ replSetReconfig: readdress(persisted, reachedAt), force: true });
    await waitUntil(() => isFormed(run, ports.length), {
      timeoutMs: primaryTimeoutMs,
      what: "the replica set to elect a primary",
      signal,
    });
  });
}

/**
 * Whether there is a primary that every member follows, as one of them sees it. One that is up, but has yet to find
 * somebody to follow, is no part of a majority.
 */
export async function isWhole(ports: number[]): Promise<boolean> {
  const [first] = ports;
  return first !== undefined && withAdmin(first, (run) => isFormed(run, ports.length));
}

/** The port of the member that is primary now, or undefined while there is none. */
export async function primaryPort(ports: number[]): Promise<number | undefined> {
  const answers = await Promise.all(ports.map((port) => isPrimary(port)));
  return ports.find((_, index) => answers[index]);
}

type RunCommand = (command: Document) => Promise<Document>;

async function withAdmin<T>(port: number, use: (run: RunCommand) => Promise<T>, timeoutMs = 10_000): Promise<T> {
  const client = new MongoClient(`mongodb://${address(port)}/?directConnection=true`, {
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
    socketTimeoutMS: timeoutMs,
  });
  try {
    return await use((command) => client.db("admin").command(command));
  } finally {
    await client.close();
  }
}

async function persistedConfig(run: RunCommand): Promise<Document | undefined> {
  try {
    return (await run({ replSetGetConfig: 1 })).config;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === notYetInitialized) return undefined;
    throw error;
  }
}

function newConfig(ports: number[]): Document {
  return {
    _id: replicaSetName,
    members: ports.map((port, index) => ({ _id: index, host: address(port) })),
    // A lost primary is noticed after 2 s, not after 10.
    settings: { electionTimeoutMillis: 2_000, heartbeatIntervalMillis: 500 },
  };
}

const hasMembers = (config: Document, ports: number[]) =>
  config.members.length === ports.length && ports.every((port, index) => config.members[index].host === address(port));

/** The persisted configuration with the members at their new addresses; the ids stay, and with them the data. */
function readdress(config: Document, ports: number[]): Document {
  const members = ports.map((port, index) => ({ ...config.members[index], _id: index, host: address(port) }));
  return { ...config, version: config.version + 1, members };
}

async function isFormed(run: RunCommand, memberCount: number): Promise<boolean> {
  const { members } = await run({ replSetGetStatus: 1 });
  const following = members.filter(
    ({ stateStr, syncSourceHost }: Document) => stateStr === "SECONDARY" && syncSourceHost,
  );
  const hasPrimary = members.some(({ stateStr }: Document) => stateStr === "PRIMARY");
  if (!hasPrimary || following.length !== memberCount - 1) return false;
  // Elected is not yet writable: it may still be catching up.
  return memberCount > 1 || (await run({ hello: 1 })).isWritablePrimary;
}

async function isPrimary(port: number): Promise<boolean> {
  try {
    return await withAdmin(port, async (run) => (await run({ hello: 1 })).isWritablePrimary, 1_000);
  } catch {
    return false; // Down, or hung: not the primary.
  }
}

const address = (port: number) => `127.0.0.1:${port}`;
