import { join } from "node:path";
import { nodeArguments } from "@tareas/local-stack/services";
import { peersFolder, peerVersion } from "../../peers/install.ts";
import type { Contestant, Program } from "./contestant.ts";

// All of them have the same arguments for Node as our servers: what is compared is the programs. But not all of them live
// within our limit of the heap.
const peerArguments = nodeArguments.filter((argument) => !argument.startsWith("--max-old-space-size="));

const graphql = () => "/graphql";
const production = { NODE_ENV: "production" };
const inPeers = (...path: string[]) => join(peersFolder, ...path);

const apolloGateway: Contestant = {
  name: "apollo-gateway",
  about: `plain @apollo/gateway ${peerVersion("@apollo/gateway")}`,
  kind: "peer",
  path: graphql,
  program: ({ supergraphPath }, port) => ({
    command: process.execPath,
    args: [...peerArguments, inPeers("apollo-gateway.js"), supergraphPath, String(port)],
    env: production,
  }),
};

const hive = (name: string, planner: string, more: readonly string[]): Contestant => ({
  name,
  about: `Hive Gateway ${peerVersion("@graphql-hive/gateway")}, ${planner}`,
  kind: "peer",
  path: graphql,
  program: ({ supergraphPath }, port): Program => ({
    command: process.execPath,
    args: [
      ...[...peerArguments, inPeers("node_modules/@graphql-hive/gateway/dist/bin.js"), "supergraph", supergraphPath],
      ...["--host", "127.0.0.1", "--port", String(port), "--config-path", inPeers("hive-gateway.config.js"), ...more],
    ],
    env: production,
  }),
});

export const peers: readonly Contestant[] = [
  apolloGateway,
  hive("hive", "its planner in JavaScript", []),
  hive("hive-rust", `its planner in Rust (router-runtime ${peerVersion("@graphql-hive/router-runtime")})`, [
    "--hive-router-runtime",
  ]),
];
