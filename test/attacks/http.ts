import { RawConnection, requestText } from "../support/raw-connection.ts";
import { type Attack, everywhere, type Outcome, type Protection } from "./attack.ts";
import { attackedEnv } from "./support/product.ts";
import { rawRequest } from "./support/raw-request.ts";

// Pages of other sites, and clients that send or hold more than they should.

const server = "service-kit/src/http/server.ts";
const json = { "content-type": "application/json" };

/** A page or a script of another site's that uses an answer in a way that this header forbids. */
const without = (name: string, header: string, forbids: RegExp): Attack => ({
  name,
  at: everywhere,
  async attempt({ url }): Promise<Outcome> {
    for (const path of ["/graphql", "/health/live", "/", "/nowhere"]) {
      const { headers } = await fetch(`${url}${path}`);
      if (!forbids.test(headers.get(header) ?? "")) return "succeeded";
    }
    return "refused";
  },
});

/** Another origin's page asks whether it may, and then reads. */
const fromOrigin = (origin: string): Attack => ({
  name: `a page of the origin ${origin} that reads with credentials`,
  at: ["router"],
  async attempt({ url }): Promise<Outcome> {
    const asks = { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } };
    const reads = { method: "POST", headers: { ...json, origin }, body: JSON.stringify({ query: "{ __typename }" }) };
    for (const request of [asks, reads]) {
      const { headers } = await fetch(`${url}/graphql`, request);
      const allowed = headers.get("access-control-allow-origin");
      if (allowed === origin || allowed === "*") return "succeeded";
    }
    return "refused";
  },
});

const sized = (name: string, headers: Record<string, string>, filling: number, refusal: number): Attack => ({
  name,
  at: everywhere,
  async attempt({ url }): Promise<Outcome> {
    const body = JSON.stringify({ query: "{ __typename }", extensions: { filling: "x".repeat(filling) } });
    const answer = await rawRequest(`${url}/graphql`, { headers: Object.entries({ ...json, ...headers }), body });
    if (answer.status === refusal) return "refused";
    if (answer.status === 200) return "succeeded";
    throw new Error(`status ${answer.status}`);
  },
});

/** Keeps a connection busy with next to nothing; it succeeds when that goes on for twice as long as it may. */
const slow = (name: string, begin: string, drop: string): Attack => ({
  name,
  at: everywhere,
  async attempt({ url }): Promise<Outcome> {
    using connection = await RawConnection.open(url);
    connection.write(begin);
    connection.drip(drop, 100);
    const { promise: patience, resolve } = Promise.withResolvers<Outcome>();
    const timer = setTimeout(resolve, 2 * Number(attackedEnv.RECEIVE_TIMEOUT_MS), "succeeded");
    return await Promise.race([connection.closed.then(() => "refused" as const), patience]).finally(() =>
      clearTimeout(timer),
    );
  },
});

export const httpProtections: readonly Protection[] = [
  {
    name: "the security headers",
    off: [{ file: server, from: "addSecurityHeaders(app, options.httpsOnly);", to: "void addSecurityHeaders;" }],
    attacks: [
      without("a page that frames ours", "content-security-policy", /frame-ancestors 'none'/),
      without("a page that frames ours, in an old browser", "x-frame-options", /^DENY$/),
      without(
        "a script from elsewhere, or within a page",
        "content-security-policy",
        /^default-src '(self'(?!.*script-src)|none'.*;script-src 'self'(;|$))/,
      ),
      without("an answer that is taken for a script", "x-content-type-options", /^nosniff$/),
      without("an address that is told to other sites", "referrer-policy", /^no-referrer$/),
      without("a window that keeps hold of ours", "cross-origin-opener-policy", /^same-origin$/),
      without("a page that embeds our answers", "cross-origin-resource-policy", /^same-origin$/),
    ],
  },
  {
    name: "the list of origins",
    off: [
      { file: "router/src/http/cors.ts", from: 'origins.includes(headers.origin ?? "")', to: "origins.length > 0" },
    ],
    attacks: [
      "https://evil.example",
      "null",
      "http://app.example",
      "https://app.example.evil.example",
      "https://evil-app.example",
      "https://app.example:8443",
    ].map(fromOrigin),
  },
  {
    name: "the size of bodies",
    off: [{ file: server, from: "bodyLimit: options.bodyLimitBytes,", to: "bodyLimit: 1_000_000_000," }],
    attacks: [sized("a body of 2 MB", {}, 2_000_000, 413)],
  },
  {
    name: "the size of headers",
    off: [{ file: server, from: "maxHeaderSize: options.headerLimitBytes,", to: "maxHeaderSize: 10_000_000," }],
    attacks: [
      sized("one header of 100 KB", { "x-large": "x".repeat(100_000) }, 0, 431),
      sized(
        "two hundred headers",
        Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`x-${i}`, "x".repeat(200)])),
        0,
        431,
      ),
    ],
  },
  {
    name: "the time that a request may take to arrive",
    off: [
      { file: server, from: "requestTimeout: options.receiveTimeoutMs,", to: "requestTimeout: 300_000," },
      { file: server, from: "headersTimeout: headersTimeoutMs,", to: "headersTimeout: 299_000," },
    ],
    attacks: [
      slow(
        "headers that come one by one without an end",
        "GET /health/live HTTP/1.1\r\nhost: 127.0.0.1\r\n",
        "x-more: 1\r\n",
      ),
      slow(
        "a body that comes byte by byte",
        requestText("POST", "/graphql", { ...json, "content-length": "1000" }),
        " ",
      ),
    ],
  },
  {
    name: "the limit of connections",
    off: [
      { file: server, from: "limitConnections(app.server, options.connectionLimit);", to: "void limitConnections;" },
    ],
    attacks: [
      {
        name: "more silent connections than there may be",
        at: everywhere,
        async attempt({ url }): Promise<Outcome> {
          using held = new DisposableStack();
          const first = held.use(await RawConnection.open(url));
          const most = Number(attackedEnv.CONNECTION_LIMIT);
          for (let count = 0; count < most; count++) held.use(await RawConnection.open(url));
          // What makes room hears nothing; what is closed for its silence gets a 408.
          return (await first.closed) === "" ? "refused" : "succeeded";
        },
      },
    ],
  },
];
