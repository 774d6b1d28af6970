import { constants, sign } from "node:crypto";
import { type Attack, everywhere, type Protection } from "./attack.ts";
import { serve } from "./support/attackers-server.ts";
import { encode, Forger, stranger } from "./support/forger.ts";
import { token, withAuthorization } from "./support/token-attack.ts";

// A token that we did not sign is refused by every server, each on its own (RFC 8725): whatever its header says.

const verifier = "service-kit/src/auth/access-token.ts";
const form = "service-kit/src/auth/jwt-form.ts";

const algPin = { file: verifier, from: 'header.alg !== "RS256" || ', to: "" };
const anyParameter = {
  file: verifier,
  from: "Object.keys(header).some((name) => !knownHeaderParameters.has(name))",
  to: "false",
};
const unverified = { file: verifier, from: "jwt.verify(token, key, options)", to: "jwt.decode(token) ?? {}" };
const keyLookUp = "const key = await this.#parts.keys.get(header.kid);";

const keyOrWhatIsClaimed = `${keyLookUp} if (!key) return { claims: jwt.decode(token) } as never;`;

const strangersPem = stranger.publicKey.export({ type: "spki", format: "pem" }) as string;
const strangersDer = stranger.publicKey.export({ type: "spki", format: "der" }).toString("base64");

/** What a trusting reader makes of the header: the first key that it brings, or that it says where to fetch. */
const trustingKeyLookUp = `
    const { createPublicKey } = await import("node:crypto");
    const { jwk, jku, x5c, x5u, kid } = header as Record<string, any>;
    const fetched = jku || x5u ? await (await fetch(jku ?? x5u)).text() : "";
    const der = { format: "der", type: "spki" } as const;
    const key = jwk ? createPublicKey({ key: jwk, format: "jwk" })
      : x5c ? createPublicKey({ key: Buffer.from(x5c[0], "base64"), ...der })
      : jku ? createPublicKey({ key: JSON.parse(fetched).keys[0], format: "jwk" })
      : x5u ? createPublicKey(fetched)
      : await this.#parts.keys.get(kid);`;

/** A token that says where its key is: at a server of the attacker's, which must not even be asked. */
const fetched = (name: string, parameter: "jku" | "x5u", document: unknown): Attack => ({
  name,
  at: everywhere,
  async attempt(target) {
    await using attackersServer = await serve(typeof document === "string" ? document : JSON.stringify(document));
    const forged = new Forger(target.product).token({}, { [parameter]: attackersServer.url }, stranger.privateKey);
    const outcome = await withAuthorization(target, `Bearer ${forged}`);
    return outcome === "refused" && attackersServer.wasAsked() ? "succeeded" : outcome;
  },
});

export const signatureProtections: readonly Protection[] = [
  {
    name: "the signature of access tokens",
    // The library knows no RSA key as the secret of an HMAC, and nothing without a signature: both have to go.
    off: [algPin, unverified],
    attacks: [
      token("another subject under the victim's signature", ({ claims }, { product }) => {
        const [head, , signature] = product.victim.token.split(".");
        return `${head}.${encode(JSON.stringify({ ...claims, sub: "0".repeat(24) }))}.${signature}`;
      }),
      token("the signature of another key under the right kid", (forger) => forger.token({}, {}, stranger.privateKey)),
      token("alg none with some signature", (forger) => forger.signedAs("none", () => Buffer.from("x"))),
      token("HS256 with the public key as the secret", (forger) => forger.hmac(forger.publicPem)),
      token("HS256 with no secret", (forger) => forger.hmac("")),
      token("ES256 with a key of the attacker's", (forger) => forger.ecdsa()),
      token("a signature of zeros", (forger) => forger.signedAs("RS256", () => Buffer.alloc(256))),
    ],
  },
  {
    name: "the one algorithm of access tokens",
    off: [algPin, { file: verifier, from: '["RS256" as const]', to: '["RS256", "RS512", "PS256"] as jwt.Algorithm[]' }],
    attacks: [
      token("PS256 with the right key", (forger) =>
        forger.signedAs("PS256", (input) =>
          sign("sha256", input, {
            key: forger.key,
            padding: constants.RSA_PKCS1_PSS_PADDING,
            saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
          }),
        ),
      ),
      token("RS512 with the right key", (forger) =>
        forger.signedAs("RS512", (input) => sign("sha512", input, forger.key)),
      ),
    ],
  },
  {
    name: "the signature's presence",
    off: [algPin, unverified, { file: form, from: "!signature || !isCanonical(signature) || ", to: "" }],
    attacks: [
      token("alg none, unsigned", (forger) => forger.signedAs("none", () => Buffer.alloc(0))),
      token("None, unsigned", (forger) => forger.signedAs("None", () => Buffer.alloc(0))),
      token("a stripped signature", (_, { product }) => product.victim.token.replace(/[^.]+$/, "")),
    ],
  },
  {
    name: "the ban on keys in the header",
    off: [anyParameter, { file: verifier, from: keyLookUp, to: trustingKeyLookUp }],
    attacks: [
      token("a jwk of the attacker's", (forger) =>
        forger.token({}, { jwk: stranger.publicKey.export({ format: "jwk" }) }, stranger.privateKey),
      ),
      token("an x5c of the attacker's", (forger) => forger.token({}, { x5c: [strangersDer] }, stranger.privateKey)),
      fetched("a jku of the attacker's", "jku", { keys: [stranger.publicKey.export({ format: "jwk" })] }),
      fetched("an x5u of the attacker's", "x5u", strangersPem),
    ],
  },
  {
    name: "the three header parameters",
    off: [anyParameter],
    attacks: [
      token("a crit that nobody knows", (forger) => forger.token({}, { crit: ["tareas-admin"], "tareas-admin": true })),
      token("an empty crit", (forger) => forger.token({}, { crit: [] })),
      token("unencoded payload (b64)", (forger) => forger.token({}, { b64: true })),
      token("compression (zip)", (forger) => forger.token({}, { zip: "DEF" })),
      token("a content type (cty)", (forger) => forger.token({}, { cty: "JWT" })),
    ],
  },
  {
    name: "the key ids that are known",
    off: [{ file: verifier, from: keyLookUp, to: keyOrWhatIsClaimed }],
    attacks: [
      ...[
        "unknown",
        "",
        "../../../../dev/null",
        "/proc/sys/kernel/randomize_va_space",
        "x' UNION SELECT 'secret'; --",
        "http://127.0.0.1/jwks.json",
        "__proto__",
        "constructor",
        "x\0",
      ].map((kid) =>
        token(`the kid ${JSON.stringify(kid)}`, (forger) => forger.token({}, { kid }, stranger.privateKey)),
      ),
      token("a kid of 4 KB", (forger) => forger.token({}, { kid: "k".repeat(4_096) }, stranger.privateKey)),
    ],
  },
  {
    name: "that a key id is a text",
    off: [
      { file: verifier, from: ' || typeof header.kid !== "string"', to: "" },
      { file: verifier, from: keyLookUp, to: keyOrWhatIsClaimed },
    ],
    attacks: [undefined, null, 7, ["k1"], { $ne: null }].map((kid) =>
      token(`the kid ${JSON.stringify(kid)}`, (forger) => forger.token({}, { kid }, stranger.privateKey)),
    ),
  },
];
