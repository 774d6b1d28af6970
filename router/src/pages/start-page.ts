import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { addPage, addStaticFile } from "./static-file.ts";

const folder = join(import.meta.dirname, "browser");

/** The page at `/`, for whoever opens the router in a browser. */
export async function addStartPage(app: FastifyInstance): Promise<void> {
  addPage(app, "/", await readFile(join(folder, "index.html"), "utf8"), { "img-src": ["'self'", "data:"] });
  await addStaticFile(app, "", join(folder, "start.css"));
}
