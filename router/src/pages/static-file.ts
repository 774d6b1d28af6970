import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import type { FastifyInstance } from "fastify";

const contentTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

const basePolicy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/** An HTML page that may only load from its own origin, plus what `policy` adds (Content Security Policy, level 3). */
export function addPage(app: FastifyInstance, path: string, html: string, policy?: string): void {
  app.get(path, (_, reply) =>
    reply
      .headers({
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": policy ? `${basePolicy}; ${policy}` : basePolicy,
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "cache-control": "no-cache",
      })
      .send(html),
  );
}

/** One file under a folder's path, read once. */
export async function addStaticFile(app: FastifyInstance, folder: string, file: string): Promise<void> {
  const content = await readFile(file);
  const contentType = contentTypes[extname(file)];
  if (!contentType) throw new TypeError(`no content type is known for ${file}`);
  app.get(`${folder}/${basename(file)}`, (_, reply) =>
    reply
      .headers({
        "content-type": contentType,
        "x-content-type-options": "nosniff",
        "cache-control": "public, max-age=3600",
      })
      .send(content),
  );
}
