import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";

let registry: Server;
let cache: string;
let answer: { status: number; body: object };

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), "tareas-npm-"));
  registry = createServer(({ method, url = "" }, response) => {
    // npm posts what is installed, and then asks which versions there are of a package with a hole.
    const versions = { name: decodeURIComponent(url.slice(1)), "dist-tags": {}, versions: {} };
    const { status, body } = method === "POST" ? answer : { status: 200, body: versions };
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  registry.close();
  await rm(cache, { recursive: true, force: true });
});

/** What the check says when the registry answers so. */
async function audit(status: number, body: object) {
  answer = { status, body };
  const { port } = registry.address() as AddressInfo;
  const settings = { registry: `http://127.0.0.1:${port}/`, cache, fetch_retries: "0" };
  const env = { ...process.env };
  for (const [name, value] of Object.entries(settings)) env[`npm_config_${name}`] = value;
  const child = spawn(process.execPath, [join(import.meta.dirname, "audit.ts")], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: (await ended)[0], output, errors };
}

const hole = (severity: string) => ({
  ...{ id: severity, title: "Anyone may come in", severity, vulnerable_versions: "*" },
  ...{ url: `https://advisories.example/${severity}`, cwe: [], cvss: { score: 0, vectorString: null } },
});

test("a known hole in a package of production fails, and is named", async () => {
  const { code, errors } = await audit(200, { fastify: [hole("moderate")] });
  expect(errors).toContain("fastify (moderate): Anyone may come in https://advisories.example/moderate");
  expect(code).toBe(1);
});

test("no hole, or a small one, passes without a word", async () => {
  expect(await audit(200, {})).toEqual({ code: 0, output: "", errors: "" });
  expect(await audit(200, { fastify: [hole("low")] })).toEqual({ code: 0, output: "", errors: "" });
});

test("a hole in a package for development only is none of production's", async () => {
  expect((await audit(200, { vitest: [hole("critical")] })).code).toBe(0);
});

test("a registry that does not answer fails nothing, and that is said", async () => {
  const { code, output } = await audit(405, {});
  expect(output).toMatch(/^the registry gave no answer \(405 .*\): dependencies were not checked$/m);
  expect(code).toBe(0);
});
