import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";

/** A public key as it is published (RFC 7517). */
export type PublicJwk = JsonWebKey & { readonly kid: string; readonly alg: "RS256"; readonly use: "sig" };

/** A key pair that signs access tokens. */
export class SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;

  constructor(privateKey: KeyObject) {
    this.privateKey = privateKey;
    this.publicKey = createPublicKey(privateKey);
    this.kid = thumbprint(this.publicKey.export({ format: "jwk" }));
  }

  /** The public half, as a key of a JWK Set. */
  publicJwk(): PublicJwk {
    const { kty, n, e } = this.publicKey.export({ format: "jwk" });
    return { kty, n, e, kid: this.kid, alg: "RS256", use: "sig" } as PublicJwk;
  }
}

/** The SHA-256 thumbprint of an RSA key: its required members, in lexical order (RFC 7638). */
export function thumbprint({ e, kty, n }: JsonWebKey): string {
  return createHash("sha256").update(JSON.stringify({ e, kty, n })).digest("base64url");
}
