import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { accessTokenType } from "@tareas/service-kit/auth/access-token";
import jwt from "jsonwebtoken";
import { idOf, viewerKey } from "../stub/placeholders.ts";

export const viewerCount = 1_000;

export interface Viewers {
  /** By the viewer's index. */
  readonly tokens: readonly string[];
  /** The file with the tokens, one on each line. */
  readonly tokensFile: string;
  /** The file with the public key (RFC 7517). */
  readonly jwksFile: string;
}

const kid = "bench";
const lifetimeSeconds = 86_400;

/** Makes the access tokens of all viewers, as the users subgraph would, and writes them to files in a folder. */
export async function makeViewers(folder: string): Promise<Viewers> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const tokens = Array.from({ length: viewerCount }, (_, index) => {
    const sub = idOf(viewerKey(index), 0);
    const claims = { iss: "https://tareas.example", aud: "tareas", sub, sid: `5e55${sub.slice(4)}` };
    const header = { alg: "RS256", typ: accessTokenType, kid } as const;
    return jwt.sign(claims, privateKey, { algorithm: "RS256", header, expiresIn: lifetimeSeconds });
  });
  const key = { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" };
  const tokensFile = join(folder, "tokens");
  const jwksFile = join(folder, "jwks.json");
  await writeFile(tokensFile, `${tokens.join("\n")}\n`, { mode: 0o600 });
  await writeFile(jwksFile, JSON.stringify({ keys: [key] }));
  return { tokens, tokensFile, jwksFile };
}
