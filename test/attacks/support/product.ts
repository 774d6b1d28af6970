import { spawn } from "node:child_process";
import { createPrivateKey, type KeyObject, randomBytes, randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { type Db, MongoClient } from "mongodb";
import { Person, send } from "../../support/person.ts";
import { routerCredential } from "../../support/router-credential.ts";
import { repositoryRoot } from "./mutated-tree.ts";
import { openWiretap, type Wiretap } from "./wiretap.ts";

export type Server = "router" | "users" | "tasks";

/** A running product, with what an attack may need to be as good as it can be, or to be judged. */
export interface Product extends AsyncDisposable {
  readonly urls: Readonly<Record<Server, string>>;
  /** Signs its access tokens: what is forged with it differs from a real one in nothing but the attack. */
  readonly privateKey: KeyObject;
  readonly serviceKeyFile: string;
  readonly database: Db;
  /** Where its mails are put. */
  readonly mailDir: string;
  /** Between the router and each subgraph. */
  readonly wires: Readonly<Record<"users" | "tasks", Wiretap>>;
  /** Within this time a revocation has to be known everywhere. */
  readonly revokedWithinMs: number;
  /** Somebody with an account, at the router. */
  readonly victim: Person;
}

export const password = "correct horse battery";

/** What all attacked servers are set to: as in production, but with times and numbers that an attack need not wait for. */
export const attackedEnv = {
  INTROSPECTION: "false",
  HEADERS_TIMEOUT_MS: "1500",
  RECEIVE_TIMEOUT_MS: "1500",
  CONNECTION_LIMIT: "100",
  THROTTLE_LOGIN_NAME_FREE: "20",
  THROTTLE_LOGIN_ADDRESS_FREE: "40",
  THROTTLE_REGISTER_FREE: "50",
  THROTTLE_REFRESH_FREE: "50",
} as const;

/** The router's, besides. */
const routerEnv = (wires: Product["wires"]) => ({
  SUBGRAPH_URL_USERS: `${wires.users.url}/graphql`,
  SUBGRAPH_URL_TASKS: `${wires.tasks.url}/graphql`,
  CORS_ORIGINS: "https://app.example",
});

/** How often the others ask users for revocations and keys. */
const followEveryMs = 100;

/** What the products of one test file share: MongoDB, the keys, and the product as it is. */
export interface Site extends AsyncDisposable {
  readonly product: Product;
  readonly stack: Stack;
  readonly stateDir: string;
}

/** Starts the product as it is. */
export async function openSite(): Promise<Site> {
  await using resources = new AsyncDisposableStack();
  const stateDir = await mkdtemp(join(tmpdir(), "tareas-attacked-"));
  resources.defer(() => rm(stateDir, { recursive: true, force: true }));
  const wires = await openWires(resources);
  const stack = resources.use(
    await startStack({
      stateDir,
      env: { users: attackedEnv, tasks: attackedEnv, router: { ...attackedEnv, ...routerEnv(wires) } },
    }),
  );
  const { users, tasks, router } = stack;
  const urls = { users: users.url, tasks: tasks.url, router: router.url };
  // The promise is 10 s, whatever makes them; the mutated ones below follow faster, so as not to be waited for.
  const product = await productAt(
    { urls, wires, stack, stateDir, mailDir: stack.mailDir, revokedWithinMs: 10_000 },
    resources,
  );
  const owned = resources.move();
  return { product, stack, stateDir, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/**
 * Starts these servers from a source tree beside the product of a site, on the same database and with the same keys.
 * The others are the site's.
 */
export async function startMutated(
  root: string,
  servers: ReadonlySet<Server>,
  { stack, stateDir }: Site,
): Promise<Product> {
  await using resources = new AsyncDisposableStack();
  const wires = await openWires(resources);
  const shared = {
    PATH: process.env.PATH,
    ...attackedEnv,
    PORT: "0",
    METRICS_PORT: "0",
    LOG_LEVEL: "error",
    SERVICE_KEY_FILE: stack.serviceKeyFile,
    AUTH_FOLLOW_EVERY_MS: String(followEveryMs),
  };
  const mailDir = join(root, "mail");
  const copies = (name: string) => ({
    AUTH_JWKS_FILE: join(root, `jwks-${name}.json`),
    AUTH_REVOCATIONS_FILE: join(root, `revocations-${name}.json`),
  });
  const mongodb = (database: string) => ({ MONGODB_URI: stack.mongodb.uri, MONGODB_DATABASE: database });
  const env = {
    users: {
      ...shared,
      ...mongodb(stack.databases.users),
      AUTH_PRIVATE_KEY_FILE: privateKeyFile(stateDir),
      MAIL_DIR: mailDir,
    },
    tasks: { ...shared, ...mongodb(stack.databases.tasks), ...copies("tasks") },
    router: { ...shared, ...copies("router"), ...routerEnv(wires) },
  };
  const present = { users: stack.users.url, tasks: stack.tasks.url, router: stack.router.url };
  const own = Object.fromEntries(Object.entries(env).filter(([server]) => servers.has(server as Server)));
  const urls = { ...present, ...(await runServers(root, { env: own, usersUrl: present.users }, resources)) };
  const product = await productAt(
    { urls, wires, stack, stateDir, mailDir, revokedWithinMs: 6 * followEveryMs },
    resources,
  );
  const owned = resources.move();
  return { ...product, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function runServers(
  root: string,
  what: object,
  resources: AsyncDisposableStack,
): Promise<Partial<Product["urls"]>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "run-mutated.ts"), root, JSON.stringify(what)], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: join(repositoryRoot, "node_modules/.cache/compile") },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  resources.defer(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { urls } = JSON.parse(line) as { urls?: Partial<Product["urls"]> };
    if (!urls) continue;
    child.stdout.resume();
    return urls;
  }
  throw new Error("the mutated servers ended before they listened");
}

const privateKeyFile = (stateDir: string) => join(stateDir, "keys", "access-token.pem");

async function openWires(resources: AsyncDisposableStack): Promise<Product["wires"]> {
  return { users: resources.use(await openWiretap()), tasks: resources.use(await openWiretap()) };
}

interface Started extends Pick<Product, "urls" | "wires" | "mailDir" | "revokedWithinMs"> {
  readonly stack: Stack;
  readonly stateDir: string;
}

async function productAt(
  { urls, wires, stack, stateDir, mailDir, revokedWithinMs }: Started,
  resources: AsyncDisposableStack,
): Promise<Product> {
  wires.users.subgraphUrl = urls.users;
  wires.tasks.subgraphUrl = urls.tasks;
  const client = resources.use(await MongoClient.connect(stack.mongodb.uri));
  const victim = (await newPerson(urls.users, stack.serviceKeyFile)).at(urls.router);
  await waitUntil(() => takesTokens(victim, urls), { timeoutMs: 10_000, what: "a good token to be taken everywhere" });
  return {
    ...{ urls, wires, mailDir, revokedWithinMs, victim },
    privateKey: createPrivateKey(await readFile(privateKeyFile(stateDir))),
    serviceKeyFile: stack.serviceKeyFile,
    database: client.db(stack.databases.users),
    async [Symbol.asyncDispose]() {},
  };
}

async function takesTokens(person: Person, urls: Product["urls"]): Promise<boolean> {
  const answers = Object.values(urls).map((url) => person.at(url).ask("{ __typename }"));
  return (await Promise.all(answers)).every(({ errors }) => errors.length === 0);
}

/** A new account, of somebody at an address of their own: no limit on addresses concerns them. */
export async function newPerson(usersUrl: string, serviceKeyFile: string, more: object = {}): Promise<Person> {
  const input = { username: `p${randomBytes(6).toString("hex")}`, password, ...more };
  const headers = { ...(await routerCredential(serviceKeyFile, "users")), "x-client-address": someAddress() };
  const query = "mutation($input: RegisterInput!) { register(input: $input) { accessToken user { id username } } }";
  type Data = { register: { accessToken: string; user: { id: string; username: string } } } | null;
  const { data, errors } = await send<Data>(usersUrl, query, { input }, headers);
  if (!data) throw new Error(`register: ${JSON.stringify(errors)}`);
  const { accessToken, user } = data.register;
  return new Person(usersUrl, accessToken, user.id, user.username);
}

/** An address of the range for tests between networks (RFC 2544). */
export const someAddress = () => `198.18.${randomInt(256)}.${randomInt(256)}`;
