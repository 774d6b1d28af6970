import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

export type Directives = Readonly<Record<string, readonly string[]>>;

/** Nothing from anywhere else, nothing inline, and no page may frame ours (Content Security Policy, level 3). */
const strictest: Directives = {
  "default-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'none'"],
  "object-src": ["'none'"],
};

const policyWith = (more: Directives) => ({ useDefaults: false, directives: { ...strictest, ...more } as never });

/** A route's `config` for a page that needs more than the strictest policy: `more` replaces or adds directives. */
export const pagePolicy = (more: Directives) => ({ helmet: { contentSecurityPolicy: policyWith(more) } });

const aYearInSeconds = 31_536_000;

/** Gives every answer the headers that have browsers protect it. */
export function addSecurityHeaders(app: FastifyInstance, httpsOnly: boolean): void {
  app.register(helmet, {
    contentSecurityPolicy: policyWith({}),
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginResourcePolicy: { policy: "same-origin" },
    referrerPolicy: { policy: "no-referrer" },
    xFrameOptions: { action: "deny" },
    strictTransportSecurity: httpsOnly && { maxAge: aYearInSeconds, includeSubDomains: true },
  });
}
