import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { composeServices } from "@apollo/composition";
import { Supergraph } from "@apollo/federation-internals";
import { generate } from "@graphql-codegen/cli";
import { parse, printSchema } from "graphql";
import { codegen } from "../codegen.ts";
import { dashboards, jsonOf } from "./dashboards.ts";
import { trustedDocuments } from "./trusted-documents.ts";

// Makes the generated files anew: resolver types from each subgraph's schema, the supergraph from all of them, the
// manifest of the web app's operations, and Grafana's dashboards.
// With --check nothing is written: it exits with 1 when a committed file is not what would be made.

const root = join(import.meta.dirname, "..");
const subgraphs = [
  { name: "users", url: "http://127.0.0.1:4001/graphql" },
  { name: "tasks", url: "http://127.0.0.1:4002/graphql" },
];

async function supergraph(): Promise<string> {
  const services = subgraphs.map(async ({ name, url }) => {
    const sdl = await readFile(join(root, `subgraphs/${name}/schema.graphql`), "utf8");
    return { name, url, typeDefs: parse(sdl) };
  });
  const { supergraphSdl, errors } = composeServices(await Promise.all(services));
  if (!supergraphSdl) throw new Error(`The subgraphs do not compose:\n${errors?.map((e) => e.message).join("\n")}`);
  return `${supergraphSdl.trimEnd()}\n`;
}

interface GeneratedFile {
  readonly filename: string;
  readonly content: string;
}

async function generatedFiles(): Promise<GeneratedFile[]> {
  const content = await supergraph();
  const apiSchema = printSchema(Supergraph.build(content).apiSchema().toGraphQLJSSchema());
  const types = await generate({ ...codegen(apiSchema), cwd: root, silent: true }, false);
  const boards = dashboards.map((dashboard) => ({
    filename: `containers/grafana/dashboards/${dashboard.uid}.json`,
    content: jsonOf(dashboard),
  }));
  return [...types, { filename: "router/supergraph.graphql", content }, ...boards];
}

const { check } = parseArgs({ options: { check: { type: "boolean", default: false } } }).values;
for (const file of await generatedFiles()) await update(file);
// Made of what has just been generated.
await update({ filename: "router/trusted-documents.json", content: await trustedDocuments() });

async function update({ filename, content }: GeneratedFile): Promise<void> {
  const path = join(root, filename);
  const current = await readFile(path, "utf8").catch(() => "");
  if (current === content) return;
  if (check) {
    console.error(`${filename} is out of date: run npm run generate.`);
    process.exitCode = 1;
  } else {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    console.log(`wrote ${filename}`);
  }
}
