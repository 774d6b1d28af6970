import { expect, test } from "vitest";
import { readArguments, UsageError } from "./arguments.ts";

const peers = ["apollo-gateway", "hive"];

test("without arguments all workloads are measured against all peers", () => {
  const command = readArguments([], peers);
  expect(command.workloads).toEqual(["tasks20", "me", "page200", "deep", "mutate", "mixed"]);
  expect(command).toMatchObject({ peers, rounds: 3, isQuick: false, out: undefined });
});

test("the quick run is of two workloads against plain Apollo, unless more is asked for", () => {
  expect(readArguments(["--quick"], peers)).toMatchObject({ workloads: ["tasks20", "me"], peers: ["apollo-gateway"] });
  const more = readArguments(["--quick", "--only", "deep,mixed", "--peer", "hive"], peers);
  expect(more).toMatchObject({ workloads: ["deep", "mixed"], peers: ["hive"] });
});

test("a router that runs already has a name and a URL", () => {
  const { urls } = readArguments(["--url", "cosmo=http://127.0.0.1:3002/graphql?a=b"], peers);
  expect([...urls]).toEqual([["cosmo", "http://127.0.0.1:3002/graphql?a=b"]]);
});

test.each([
  [["--only", "tasks"], "--only: there is no workload tasks"],
  [["--peer", "cosmo"], "--peer: cosmo is not known"],
  [["--rounds", "0"], "--rounds: 0 is not a number from 1 to 100"],
  [["--url", "http://127.0.0.1:3002"], "--url: http://127.0.0.1:3002 is not NAME=URL"],
])("%j is refused with a line that says why", (args, message) => {
  expect(() => readArguments(args, peers)).toThrow(new UsageError(message));
});
