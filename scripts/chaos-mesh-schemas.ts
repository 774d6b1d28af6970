/**
 * `node scripts/chaos-mesh-schemas.ts`: writes the schemas of the Chaos Mesh resources that k8s/chaos-mesh/ uses, made
 * strict, for the tests to read. They come from the Go module of Chaos Mesh, so that Go has to be there.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

/** After 2.8.4. Releases have no versions that Go can ask for: they are of major version 2, and their path does not say so. */
const module = "github.com/chaos-mesh/chaos-mesh@v0.9.1-0.20260902003049-47411975a8cb";
const kinds = ["PodChaos", "NetworkChaos", "HTTPChaos", "StressChaos", "TimeChaos"];
const target = join(import.meta.dirname, "../test/k8s/generated/chaos-mesh.json");

interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | false;
}

const schemas = kinds.map((kind) => [kind, schemaOf(kind)] as const);
writeFileSync(target, `{\n${schemas.map(([kind, schema]) => `"${kind}":${JSON.stringify(schema)}`).join(",\n")}\n}\n`);

function schemaOf(kind: string): Schema {
  const crd = parse(
    readFileSync(join(moduleFolder(), `config/crd/bases/chaos-mesh.org_${kind.toLowerCase()}.yaml`), "utf8"),
  );
  const [{ name, schema }] = crd.spec.versions;
  const { spec } = schema.openAPIV3Schema.properties;
  return strict({
    type: "object",
    properties: {
      apiVersion: { const: `${crd.spec.group}/${name}` },
      kind: { const: kind },
      metadata: { type: "object" },
      spec,
    },
    required: ["apiVersion", "kind", "metadata", "spec"],
  });
}

/** Without words, and without room for fields that it does not name. */
function strict({ description, properties, items, additionalProperties, ...schema }: Schema): Schema {
  const named = Object.entries(properties ?? {}).map(([name, property]) => [name, strict(property)] as const);
  return {
    ...schema,
    ...(items && { items: strict(items) }),
    ...(additionalProperties && { additionalProperties: strict(additionalProperties) }),
    ...(properties && { properties: Object.fromEntries(named), additionalProperties: false }),
  };
}

function moduleFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tareas-go-"));
  try {
    return JSON.parse(execFileSync("go", ["mod", "download", "-json", module], { cwd: folder, encoding: "utf8" })).Dir;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
