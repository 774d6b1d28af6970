import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Server } from "./product.ts";

// Runs servers of a source tree in this process, until standard input ends: whoever started it is gone then.
// Arguments: the tree's root, and in JSON the environment of each server to run, and where else users is if not here.
// Prints where they answer, in JSON.

interface What {
  readonly env: Partial<Record<Server, NodeJS.ProcessEnv>>;
  readonly usersUrl: string;
}

const [root = "", json = ""] = process.argv.slice(2);
const { env, usersUrl } = JSON.parse(json) as What;

process.stdin.once("end", () => process.exit()).resume();

async function start(server: Server, folder: string, starter: string, more: NodeJS.ProcessEnv = {}) {
  if (!env[server]) return undefined;
  const load = (file: string) => import(pathToFileURL(join(root, folder, "src", file)).href);
  const [{ readConfig }, { [starter]: run }] = await Promise.all([load("config.ts"), load("server.ts")]);
  return (await run(readConfig({ ...env[server], ...more }))).url as string;
}

const users = await start("users", "subgraphs/users", "startUsersSubgraph");
const following = {
  AUTH_JWKS_URL: `${users ?? usersUrl}/.well-known/jwks.json`,
  AUTH_REVOCATIONS_URL: `${users ?? usersUrl}/internal/revocations`,
  USERS_OUTBOX_URL: `${users ?? usersUrl}/internal/outbox`,
  AUTH_API_TOKENS_URL: `${users ?? usersUrl}/internal/api-tokens/exchange`,
};
const [tasks, router] = await Promise.all([
  start("tasks", "subgraphs/tasks", "startTasksSubgraph", following),
  start("router", "router", "startRouter", following),
]);
console.log(JSON.stringify({ urls: { users, tasks, router } }));
