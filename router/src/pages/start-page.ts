import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { addPage, addStaticFile } from "./static-file.ts";

const folder = join(import.meta.dirname, "browser");

const graphiqlDoor = /^ *<li><a href="\/graphiql">.*\n/m;

/** The page at `/`, for whoever opens the router in a browser. It leads to GraphiQL if there is one. */
export async function addStartPage(app: FastifyInstance, { graphiql }: { graphiql: boolean }): Promise<void> {
  const html = await readFile(join(folder, "index.html"), "utf8");
  addPage(app, "/", graphiql ? html : html.replace(graphiqlDoor, ""), { "img-src": ["'self'", "data:"] });
  await addStaticFile(app, "", join(folder, "start.css"));
}
