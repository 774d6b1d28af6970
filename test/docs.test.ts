import { readFileSync } from "node:fs";
import { join } from "node:path";
import { httpStatusOf } from "@tareas/service-kit/errors";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(join(import.meta.dirname, "..", path), "utf8");

test("docs/errors.md lists every code with the status that REST answers", () => {
  const documented = [...read("docs/errors.md").matchAll(/^\| `([A-Z_]+)` \| (\d{3}) \|/gm)];
  expect(Object.fromEntries(documented.map(([, code, status]) => [code, Number(status)]))).toEqual(httpStatusOf);
});

test("docs/settings.md lists every setting, and no other", () => {
  const sources = [
    "service-kit/src/settings.ts",
    "service-kit/src/http/http-settings.ts",
    "service-kit/src/graphql/limits/limits.ts",
    "service-kit/src/mongo/mongo-settings.ts",
    "service-kit/src/telemetry/tracing-settings.ts",
    "subgraphs/users/src/config.ts",
    "subgraphs/tasks/src/config.ts",
    "router/src/config.ts",
    "local-stack/src/config.ts",
  ];
  const declared = sources.flatMap((path) =>
    [...read(path).matchAll(/^ {2,6}([A-Z][A-Z_]+): /gm)].map(([, name]) => name),
  );
  const documented = read("docs/settings.md")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .flatMap((line) => [...(line.split(" | ")[0] as string).matchAll(/`([A-Z][A-Z_<>]+)`/g)].map(([, name]) => name));
  expect([...new Set(documented)].sort()).toEqual([...new Set([...declared, "SUBGRAPH_URL_<NAME>"])].sort());
});
