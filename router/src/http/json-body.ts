import { isUtf8 } from "node:buffer";
import type { FastifyInstance } from "fastify";

class NotUtf8 extends Error {
  readonly statusCode = 400;

  constructor() {
    super("The body is not valid UTF-8.");
  }
}

/** Reads JSON bodies as RFC 8259 asks: UTF-8 and nothing else, where Fastify's own parser would put U+FFFD. */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser(["application/json", "text/plain"]);
  app.addContentTypeParser<Buffer>(
    ["application/json", "application/merge-patch+json"],
    { parseAs: "buffer" },
    (request, body, done) => {
      if (!isUtf8(body)) return done(new NotUtf8());
      void parse(request, body.toString("utf8"), done);
    },
  );
}
