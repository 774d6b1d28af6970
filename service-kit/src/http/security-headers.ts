import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import helmet, { type HelmetOptions } from "helmet";

export type Directives = Readonly<Record<string, readonly string[]>>;

/** Nothing from anywhere else, nothing inline, and no page may frame ours (Content Security Policy, level 3). */
const strictest: Directives = {
  "default-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'none'"],
  "object-src": ["'none'"],
};

const nothingMore: Directives = {};

const aYearInSeconds = 31_536_000;

const optionsWith = (more: Directives, httpsOnly: boolean): HelmetOptions => ({
  contentSecurityPolicy: { useDefaults: false, directives: { ...strictest, ...more } },
  crossOriginOpenerPolicy: { policy: "same-origin" },
  crossOriginResourcePolicy: { policy: "same-origin" },
  referrerPolicy: { policy: "no-referrer" },
  xFrameOptions: { action: "deny" },
  strictTransportSecurity: httpsOnly && { maxAge: aYearInSeconds, includeSubDomains: true },
});

/** Gives every answer the headers that have browsers protect it; a route's `config.policy` adds to the policy. */
export function addSecurityHeaders(app: FastifyInstance, httpsOnly: boolean): void {
  const ofRoutes = new Map<Directives, Record<string, string>>();
  const headersWith = (more: Directives) => {
    const headers = ofRoutes.get(more) ?? headersOf(optionsWith(more, httpsOnly));
    ofRoutes.set(more, headers);
    return headers;
  };
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers(headersWith(request.route.config.policy ?? nothingMore));
    done();
  });
}

/** What helmet sets, found out once: made anew for each request, as @fastify/helmet does, it takes longer than the rest. */
function headersOf(options: HelmetOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  const response = { setHeader: (name: string, value: string) => (headers[name] = value), removeHeader() {} };
  helmet(options)({} as IncomingMessage, response as unknown as ServerResponse, (error) => {
    if (error) throw error;
  });
  return headers;
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** Directives that the policy of this route replaces or adds. */
    policy?: Directives;
  }
}
