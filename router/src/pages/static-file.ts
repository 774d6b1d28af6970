import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import type { Directives } from "@tareas/service-kit/http/security-headers";
import type { FastifyInstance } from "fastify";

const contentTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** An HTML page under the policy of all answers, plus what `policy` adds for this one. */
export function addPage(app: FastifyInstance, path: string, html: string, policy: Directives): void {
  app.get(path, { config: { policy } }, (_, reply) =>
    reply.headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" }).send(html),
  );
}

/** One file under a folder's path, read once. */
export async function addStaticFile(app: FastifyInstance, folder: string, file: string): Promise<void> {
  const content = await readFile(file);
  const contentType = contentTypes[extname(file)];
  if (!contentType) throw new TypeError(`no content type is known for ${file}`);
  app.get(`${folder}/${basename(file)}`, (_, reply) =>
    reply.headers({ "content-type": contentType, "cache-control": "public, max-age=3600" }).send(content),
  );
}
