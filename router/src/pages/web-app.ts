import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

// The component library puts its variables into a <style> element; scripts, fonts and all else come from here alone.
const policy = { "style-src": ["'self'", "'unsafe-inline'"], "img-src": ["'self'", "data:"] };

// Each is the same page: the app shows what its path says. (`/lists` and `/tasks` are REST's.)
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

/** Whether there is a web app to serve in `folder`: it is built, and a router can do without. */
export const hasWebApp = (folder: string) => existsSync(join(folder, "index.html"));

/**
 * The web app at `/`. Its assets are named by their content and kept for ever; the pages that name them are asked for
 * anew each time.
 */
export async function addWebApp(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    serveDotFiles: false,
  });
  for (const page of pages)
    app.get(page, { config: { policy } }, (_, reply) =>
      reply.header("cache-control", "no-cache").sendFile("index.html"),
    );
  app.get<{ Params: { "*": string } }>("/assets/*", (request, reply) =>
    reply
      .header("cache-control", "public, max-age=31536000, immutable")
      .sendFile(request.params["*"], join(folder, "assets")),
  );
  for (const file of ["icon.svg", "theme.js"])
    app.get(`/${file}`, (_, reply) => reply.header("cache-control", "no-cache").sendFile(file));
}
