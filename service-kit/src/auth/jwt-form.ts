type Json = Readonly<Record<string, unknown>>;

/**
 * The header and the payload of a signed JWT (RFC 7519) in compact form, not verified; undefined unless both are JSON
 * objects exactly as `JSON.stringify` writes them. That is how our tokens are written, and it leaves no room for a name
 * that stands twice, which two readers could read differently (RFC 8725, 2.4), or for other spellings of base64url.
 */
export function decodeJwtStrictly(token: string): { readonly header: Json; readonly payload: Json } | undefined {
  const [header, payload, signature, ...more] = token.split(".");
  if (!header || !payload || !signature || !isCanonical(signature) || more.length > 0) return undefined;
  const decoded = { header: decode(header), payload: decode(payload) };
  return decoded.header && decoded.payload ? { header: decoded.header, payload: decoded.payload } : undefined;
}

const isCanonical = (part: string) => Buffer.from(part, "base64url").toString("base64url") === part;

function decode(part: string): Json | undefined {
  if (!isCanonical(part)) return undefined;
  const text = Buffer.from(part, "base64url").toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && JSON.stringify(value) === text ? (value as Json) : undefined;
  } catch {
    return undefined; // not JSON: no token of ours
  }
}
