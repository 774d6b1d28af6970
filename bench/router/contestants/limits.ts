import { join } from "node:path";
import { nodeArguments } from "@tareas/local-stack/services";
import type { Contestant, Program } from "./contestant.ts";

const program =
  (file: string): NonNullable<Contestant["program"]> =>
  ({ subgraphs }, port): Program => ({
    command: process.execPath,
    args: [
      ...nodeArguments,
      join(import.meta.dirname, "../limits", file),
      subgraphs.users,
      subgraphs.tasks,
      String(port),
    ],
    env: { NODE_ENV: "production" },
  });

/** What no router can pass, and whether the subgraphs and the load are anywhere near what is measured. */
export const limits: readonly Contestant[] = [
  {
    name: "null-router",
    about: "the same fetches, and one text for all (the floor)",
    kind: "limit",
    only: ["tasks20", "me"],
    answersOneForAll: true,
    path: (workload) => `/${workload}`,
    program: program("null-router.ts"),
  },
  {
    name: "by-hand",
    about: "two fetches and a merge written by hand",
    kind: "limit",
    only: ["tasks20"],
    path: () => "/",
    program: program("by-hand.ts"),
  },
];
