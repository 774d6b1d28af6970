import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeServices } from "@apollo/composition";
import { freePort, requireFreePorts } from "@tareas/local-stack/ports";
import { type Guardian, startGuardian } from "@tareas/local-stack/process/guardian";
import { answersOk } from "@tareas/local-stack/process/http-ready";
import { SupervisedProcess } from "@tareas/local-stack/process/supervised-process";
import { localUrl, nodeArguments, repositoryRoot } from "@tareas/local-stack/services";
import { parse } from "graphql";
import { makeViewers, type Viewers } from "./workloads/viewers.ts";

/** What all servers that are measured have around them. */
export interface Surroundings extends AsyncDisposable {
  readonly folder: string;
  readonly guardian: Guardian;
  readonly viewers: Viewers;
  readonly subgraphs: Readonly<Record<SubgraphName, string>>;
  /** The file with our subgraphs' supergraph, at the addresses of the stubs. */
  readonly supergraphPath: string;
  readonly jwksUrl: string;
  readonly revocationsUrl: string;
}

const subgraphNames = ["users", "tasks"] as const;
type SubgraphName = (typeof subgraphNames)[number];

/** Where the stubs are while a server is measured that was started by somebody else, who has to know. */
const knownPorts = { users: 4501, tasks: 4502 };
export const knownSupergraphPath = join(repositoryRoot, ".data/bench/supergraph.graphql");

const schemaPath = (name: SubgraphName) => join(repositoryRoot, `subgraphs/${name}/schema.graphql`);

/** Makes the viewers and their tokens, and starts the stubs of both subgraphs. */
export async function startSurroundings(atKnownPorts: boolean): Promise<Surroundings> {
  await using resources = new AsyncDisposableStack();
  const guardian = resources.use(startGuardian());
  const folder = await mkdtemp(join(tmpdir(), "tareas-bench-"));
  guardian.deleteWithUs(folder);
  resources.defer(() => rm(folder, { recursive: true, force: true }));
  const viewers = await makeViewers(folder);
  const ports = atKnownPorts ? knownPorts : { users: await freePort(), tasks: await freePort() };
  await requireFreePorts(Object.values(ports));
  const revocations = join(folder, "revocations.json");
  await writeFile(revocations, JSON.stringify({ revocations: [], asOf: 0 }));
  const files = [`/jwks.json=${viewers.jwksFile}`, `/revocations=${revocations}`];
  for (const name of subgraphNames) {
    const stub = resources.use(stubProcess(name, ports[name], [viewers.tokensFile, ...files], guardian));
    await stub.start();
    await stub.ready();
  }
  const supergraphPath = atKnownPorts ? knownSupergraphPath : join(folder, "supergraph.graphql");
  const subgraphs = { users: `${localUrl(ports.users)}/graphql`, tasks: `${localUrl(ports.tasks)}/graphql` };
  await writeSupergraph(supergraphPath, subgraphs);
  const owned = resources.move();
  return {
    ...{ folder, guardian, viewers, subgraphs, supergraphPath },
    jwksUrl: `${localUrl(ports.users)}/jwks.json`,
    revocationsUrl: `${localUrl(ports.users)}/revocations`,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function stubProcess(name: SubgraphName, port: number, files: readonly string[], guardian: Guardian) {
  return new SupervisedProcess({
    name: `the stub of ${name}`,
    command: process.execPath,
    args: [...nodeArguments, join(import.meta.dirname, "stub/main.ts"), schemaPath(name), String(port), ...files],
    isReady: () => answersOk(`${localUrl(port)}/health`),
    guardian,
  });
}

async function writeSupergraph(path: string, urls: Readonly<Record<SubgraphName, string>>): Promise<void> {
  const services = subgraphNames.map(async (name) => {
    return { name, url: urls[name], typeDefs: parse(await readFile(schemaPath(name), "utf8")) };
  });
  const { supergraphSdl, errors } = composeServices(await Promise.all(services));
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join("\n"));
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, supergraphSdl);
}
