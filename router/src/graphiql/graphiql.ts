import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { FastifyInstance } from "fastify";
import { addPage, addStaticFile } from "../pages/static-file.ts";

const require = createRequire(import.meta.url);
const packageFile = (name: string, path: string) => join(dirname(require.resolve(`${name}/package.json`)), path);
const ownFile = (name: string) => join(import.meta.dirname, "browser", name);

const files = [
  packageFile("react", "umd/react.production.min.js"),
  packageFile("react-dom", "umd/react-dom.production.min.js"),
  packageFile("graphiql", "graphiql.min.js"),
  packageFile("graphiql", "graphiql.min.css"),
  ownFile("page.js"),
  ownFile("page.css"),
  ownFile("examples.js"),
];

// GraphiQL's menus and editors put <style> elements into the page, and its style sheet holds fonts and images.
const policy = {
  "style-src": ["'self'", "'unsafe-inline'"],
  "font-src": ["'self'", "data:"],
  "img-src": ["'self'", "data:"],
};

/** GraphiQL at `/graphiql`, all of it from installed packages: the page asks nothing of any other host. */
export async function addGraphiQL(app: FastifyInstance): Promise<void> {
  addPage(app, "/graphiql", await readFile(ownFile("index.html"), "utf8"), policy);
  for (const file of files) await addStaticFile(app, "/graphiql", file);
}
