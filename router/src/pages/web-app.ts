import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** All that the app loads comes from here. Only the component library's <style> element, with its variables, is inline. */
const policy = {
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:"],
  "font-src": ["'self'"],
  "connect-src": ["'self'"],
  "manifest-src": ["'self'"],
  "worker-src": ["'self'"],
};

/**
 * The paths that the app itself tells apart: none of the REST doorway's, so that `/list/…` is a page and `/lists/…` a
 * resource. Any other stays unknown: a mistyped address is not a page.
 */
const pages = [
  "/",
  "/today",
  "/upcoming",
  "/overdue",
  "/completed",
  "/trash",
  "/search",
  "/settings",
  "/list/:id",
  "/reset-password",
];

/** Files whose names stay while their content changes; the worker's has to be its old name for ever. */
const files = ["icon.svg", "manifest.webmanifest", "sw.js", "theme.js"];

const forEver = "public, max-age=31536000, immutable";

/** Whether there is a web app to serve in `folder`: it is built, and a router can do without. */
export const hasWebApp = (folder: string) => existsSync(join(folder, "index.html"));

/**
 * The web app at `/`. Its assets are named by their content and kept for ever; all else is asked for anew each time. Only
 * what is there says so: an asset that isn't there yet may come with the next version.
 */
export async function addWebApp(app: FastifyInstance, folder: string): Promise<void> {
  const assets = join(folder, "assets");
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    serveDotFiles: false,
    setHeaders: (reply, path) => reply.header("cache-control", path.startsWith(assets + sep) ? forEver : "no-cache"),
  });
  for (const page of pages) app.get(page, { config: { policy } }, (_, reply) => reply.sendFile("index.html"));
  for (const file of files) app.get(`/${file}`, (_, reply) => reply.sendFile(file));
  for (const part of ["assets", "icons"])
    app.get<{ Params: { "*": string } }>(`/${part}/*`, ({ params }, reply) =>
      reply.sendFile(params["*"], join(folder, part)),
    );
}
