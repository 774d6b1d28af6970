import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { httpStatusOf } from "@tareas/service-kit/errors";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const guides = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`),
].filter((path) => path.endsWith(".md"));

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string) =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    (heading as string)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );

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
    "service-kit/src/backup/backup-settings.ts",
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

test("every alert has a section of docs/operating.md, where its runbook points", () => {
  const alerts = [...read("containers/prometheus/alerts.yml").matchAll(/^ +- alert: (\w+)$/gm)].map(([, name]) => name);
  const runbooks = [...read("containers/prometheus/alerts.yml").matchAll(/^ +runbook: (\S+)$/gm)].map(([, at]) => at);
  expect(alerts.length).toBeGreaterThan(0);
  expect(runbooks).toEqual(alerts.map((name) => `docs/operating.md#${name?.toLowerCase()}`));
  expect(anchorsOf(read("docs/operating.md"))).toEqual(
    expect.arrayContaining(alerts.map((name) => name?.toLowerCase())),
  );
});

test.each(guides)("links of %s lead somewhere", (guide) => {
  const links = [...read(guide).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)];
  const broken = links.filter(([, path, anchor]) => {
    const target = path === "" ? guide : join(dirname(guide), path as string);
    return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(read(target)).includes(anchor));
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

test.each(guides)("commands of npm that %s names exist", (guide) => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Readonly<Record<string, string>> };
  const named = [...read(guide).matchAll(/\bnpm run ([\w:]+)/g)].map(([, name]) => name as string);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
