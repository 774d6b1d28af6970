import { sign } from "node:crypto";
import { type Attack, everywhere, type Protection } from "./attack.ts";
import { outcomeOf } from "./support/answers.ts";
import { encode, type Forger, now } from "./support/forger.ts";
import type { Product } from "./support/product.ts";
import { rawRequest } from "./support/raw-request.ts";
import { header, token } from "./support/token-attack.ts";

// A token that we signed, but not for this, or not in this form, is refused by every server (RFC 8725, RFC 9068).

const verifier = "service-kit/src/auth/access-token.ts";
const form = "service-kit/src/auth/jwt-form.ts";
const viewer = "service-kit/src/auth/viewer.ts";

const twoHeaders = (name: string, values: (product: Product) => string[]): Attack => ({
  name,
  at: everywhere,
  async attempt({ url, product }) {
    const { body } = await rawRequest(`${url}/graphql`, {
      headers: [
        ["content-type", "application/json"],
        ...values(product).map((value) => ["authorization", value] as const),
      ],
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    return outcomeOf({ errors: JSON.parse(body).errors ?? [] }, "UNAUTHENTICATED");
  },
});

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Another spelling of base64url whose last character has bits to spare. */
const respelt = (part: string) => `${part.slice(0, -1)}${alphabet[alphabet.indexOf(part.slice(-1)) + 1]}`;

/** A token whose claims are spelt another way, and signed so. */
function withRespeltClaims({ header, claims, key }: Forger): string {
  // Of one byte more than a multiple of three, four bits are to spare.
  const texts = ["", "x", "xx"].map((pad) => JSON.stringify({ ...claims, pad }));
  const text = texts.find((one) => Buffer.byteLength(one) % 3 === 1) ?? "";
  const input = `${encode(JSON.stringify(header))}.${respelt(encode(text))}`;
  return `${input}.${sign("RSA-SHA256", Buffer.from(input), key).toString("base64url")}`;
}

export const claimProtections: readonly Protection[] = [
  {
    name: "the type of access tokens",
    off: [{ file: verifier, from: "header.typ !== accessTokenType || ", to: "" }],
    attacks: ["JWT", "service+jwt", "AT+JWT", "", undefined, null, ["at+jwt"]].map((typ) =>
      token(`the typ ${JSON.stringify(typ)}`, (forger) => forger.token({}, { typ })),
    ),
  },
  {
    name: "the issuer of access tokens",
    off: [{ file: verifier, from: "issuer, audience, clockTolerance", to: "audience, clockTolerance" }],
    attacks: [
      "https://elsewhere.example",
      "https://tareas.example/",
      "",
      undefined,
      null,
      ["https://elsewhere.example"],
    ].map((iss) => token(`the iss ${JSON.stringify(iss)}`, (forger) => forger.token({ iss }))),
  },
  {
    name: "the audience of access tokens",
    off: [{ file: verifier, from: "issuer, audience, clockTolerance", to: "issuer, clockTolerance" }],
    attacks: ["elsewhere", "Tareas", "", undefined, null, [], ["elsewhere", "others"], { tareas: 1 }].map((aud) =>
      token(`the aud ${JSON.stringify(aud)}`, (forger) => forger.token({ aud })),
    ),
  },
  {
    name: "the end of access tokens",
    off: [
      {
        file: verifier,
        from: "clockTolerance: clockToleranceSeconds",
        to: "ignoreExpiration: true, ignoreNotBefore: true",
      },
      { file: verifier, from: " && Number.isFinite(exp)", to: "" },
    ],
    attacks: [
      token("an exp that is over", (forger) => forger.token({ exp: now() - 10 })),
      token("an exp of 1970", (forger) => forger.token({ exp: 0 })),
      token("an exp below zero", (forger) => forger.token({ exp: -1 })),
      token("no exp", (forger) => forger.token({ exp: undefined })),
      token("an exp of null", (forger) => forger.token({ exp: null })),
      token("an exp that is a text", (forger) => forger.token({ exp: String(now() + 600) })),
      token("an exp that is a list", (forger) => forger.token({ exp: [now() + 600] })),
      token("an nbf to come", (forger) => forger.token({ nbf: now() + 600 })),
    ],
  },
  {
    name: "the beginning of access tokens",
    off: [{ file: verifier, from: "if (iat > Date.now() / 1_000 + clockToleranceSeconds) throw refused();", to: "" }],
    attacks: [token("an iat to come", (forger) => forger.token({ iat: now() + 600, exp: now() + 1_500 }))],
  },
  {
    name: "the types of the claims",
    off: [{ file: verifier, from: 'typeof sub === "string" && typeof sid === "string" && ', to: "" }],
    attacks: [
      ...[undefined, null, 7, true, ["0".repeat(24)], { $ne: null }].flatMap((value) =>
        ["sub", "sid"].map((claim) =>
          token(`the ${claim} ${JSON.stringify(value)}`, (forger) => forger.token({ [claim]: value })),
        ),
      ),
    ],
  },
  {
    name: "the one way to write a token",
    off: [
      { file: form, from: "if (!isCanonical(part)) return undefined;", to: "" },
      { file: form, from: " && JSON.stringify(value) === text", to: "" },
    ],
    attacks: [
      token("a claim twice, the victim's last", (forger) => {
        const claims = JSON.stringify(forger.claims);
        return forger.tokenOf(JSON.stringify(forger.header), `{"sub":"${"0".repeat(24)}",${claims.slice(1)}`);
      }),
      token("a claim twice, the victim's first", (forger) => {
        const claims = JSON.stringify(forger.claims);
        return forger.tokenOf(JSON.stringify(forger.header), `${claims.slice(0, -1)},"sub":"${"0".repeat(24)}"}`);
      }),
      token("alg twice", (forger) => {
        const header = JSON.stringify(forger.header);
        return forger.tokenOf(`{"alg":"none",${header.slice(1)}`, JSON.stringify(forger.claims));
      }),
      token("an escaped name beside the plain one", (forger) => {
        const claims = JSON.stringify(forger.claims);
        return forger.tokenOf(JSON.stringify(forger.header), `{"s\\u0075b":"x",${claims.slice(1)}`);
      }),
      token("spare bits set in the claims", withRespeltClaims),
      token("white space in the claims", (forger) =>
        forger.tokenOf(JSON.stringify(forger.header), JSON.stringify(forger.claims, null, 1)),
      ),
      token("white space in the header", (forger) =>
        forger.tokenOf(` ${JSON.stringify(forger.header)}`, JSON.stringify(forger.claims)),
      ),
    ],
  },
  {
    name: "the one spelling of a signature",
    off: [{ file: form, from: " || !isCanonical(signature)", to: "" }],
    attacks: [
      // 2048 bits are 342 characters with four bits to spare: fifteen other last characters decode to the same bytes.
      token("spare bits set in the signature", (_, { product }) => respelt(product.victim.token)),
    ],
  },
  {
    name: "the size of tokens",
    off: [{ file: verifier, from: "if (token.length > longestTokenBytes) throw refused();", to: "" }],
    attacks: [
      token("a token over 8 KB", (forger) => forger.token({ padding: "x".repeat(8_192) })),
      token("a scope over 8 KB", (forger) => forger.token({ scope: "x ".repeat(4_096) })),
    ],
  },
  {
    name: "that a bad token is not none",
    off: [
      {
        file: viewer,
        from: "return new Viewer(await verifier.verify(bearerToken(header)));",
        to: "try { return new Viewer(await verifier.verify(bearerToken(header))); } catch { return Viewer.anonymous; }",
      },
      {
        file: "router/src/auth/identify.ts",
        from: "return async (request) => {",
        to: `return (request) => identified(request).catch(() => ({ viewer: Viewer.anonymous, authorization: undefined }));
  async function identified(request: FastifyRequest): Promise<Identity> {`,
      },
    ],
    attacks: [
      ...["", "Bearer", "Bearer ", "Bearer x", "Basic YTpi", "Bearer a b", "Token x"].map(header),
      token("nonsense of three parts", () => "a.b.c"),
      token("five parts, as of an encrypted token", () => "a.b.c.d.e"),
      token("a refresh token", () => `trt_${"x".repeat(43)}`),
      token("a header that is no JSON", ({ claims }) => `${encode("{")}.${encode(JSON.stringify(claims))}.x`),
    ],
  },
  {
    name: "the one Authorization header",
    off: [
      {
        file: viewer,
        from: 'throw new Unauthenticated("A request has one Authorization header.");',
        to: "return headers.authorization;",
      },
    ],
    attacks: [
      twoHeaders("the victim's token, then another", ({ victim }) => [`Bearer ${victim.token}`, "Bearer x"]),
      twoHeaders("the victim's token twice", ({ victim }) => [`Bearer ${victim.token}`, `Bearer ${victim.token}`]),
    ],
  },
];
