import { createPublicKey } from "node:crypto";
import jwt from "jsonwebtoken";

const rules = { algorithms: ["RS256"], issuer: "https://tareas.example", audience: "tareas" };

/** The public keys at a URL (RFC 7517), by their ids. */
export async function fetchPublicKeys(url) {
  const { keys } = await (await fetch(url)).json();
  return new Map(keys.map((key) => [key.kid, createPublicKey({ key, format: "jwk" })]));
}

/** The id of the account for which an Authorization header speaks; undefined when it is not valid. */
export function verify(authorization = "", publicKeys) {
  const token = authorization.replace(/^Bearer /, "");
  const key = publicKeys.get(jwt.decode(token, { complete: true })?.header.kid);
  try {
    return key && jwt.verify(token, key, rules).sub;
  } catch {
    return undefined;
  }
}
