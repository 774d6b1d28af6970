import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** Whose token is imitated, and by which key. */
export interface Model {
  readonly privateKey: KeyObject;
  readonly victim: { readonly token: string };
}

type Json = Record<string, unknown>;

export const encode = (text: string) => Buffer.from(text).toString("base64url");
const decode = (part: string | undefined): Json => JSON.parse(Buffer.from(part ?? "", "base64url").toString());
export const now = () => Math.floor(Date.now() / 1_000);

/** A key pair of the attacker's. */
export const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
const strangersCurve = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;

/** Makes access tokens that are like the victim's in everything but what the attack changes. */
export class Forger {
  readonly header: Json;
  readonly claims: Json;
  readonly key: KeyObject;

  constructor({ privateKey, victim }: Model) {
    const [header, claims] = victim.token.split(".");
    this.header = decode(header);
    this.claims = decode(claims);
    this.key = privateKey;
  }

  get publicPem(): string {
    return createPublicKey(this.key).export({ type: "spki", format: "pem" }) as string;
  }

  /** A token with these claims and header parameters changed; undefined takes one away. */
  token(claims: Json = {}, header: Json = {}, key = this.key): string {
    return this.tokenOf(
      JSON.stringify({ ...this.header, ...header }),
      JSON.stringify({ ...this.claims, ...claims }),
      key,
    );
  }

  /** A token of exactly these texts, signed with RS256. */
  tokenOf(header: string, claims: string, key = this.key): string {
    const input = `${encode(header)}.${encode(claims)}`;
    return `${input}.${sign("RSA-SHA256", Buffer.from(input), key).toString("base64url")}`;
  }

  /** A token whose header names another algorithm, with the signature that `signature` makes. */
  signedAs(alg: string, signature: (input: Buffer) => Buffer): string {
    const input = `${encode(JSON.stringify({ ...this.header, alg }))}.${encode(JSON.stringify(this.claims))}`;
    return `${input}.${signature(Buffer.from(input)).toString("base64url")}`;
  }

  hmac(secret: string): string {
    return this.signedAs("HS256", (input) => createHmac("sha256", secret).update(input).digest());
  }

  ecdsa(): string {
    return this.signedAs("ES256", (input) => sign("sha256", input, { key: strangersCurve, dsaEncoding: "ieee-p1363" }));
  }
}
