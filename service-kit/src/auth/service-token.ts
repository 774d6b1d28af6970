import { randomBytes } from "node:crypto";
import jwt from "jsonwebtoken";
import { LRUCache } from "lru-cache";
import { Unauthenticated } from "../errors.ts";
import { readSecretFile } from "../secret-file.ts";
import { StartError } from "../settings.ts";

/** The header by which one of our servers tells another who it is. */
export const serviceTokenHeader = "x-service-token";

/** The `typ` of a service token: neither kind of token can stand in for the other. */
const serviceTokenType = "service+jwt";

const lifetimeSeconds = 60;
const renewAfterMs = 20_000;
const clockToleranceSeconds = 5;
const leastSecretBytes = 32;
/** A caller has a new token every twenty seconds. */
const mostKept = 100;

interface ServiceKeyOptions {
  readonly file: string;
  /** Whether to make a key when the file does not exist. */
  readonly create: boolean;
}

/** What SERVICE_KEY_FILE holds: a new secret, on a line. */
export const generateServiceKey = (): string => `${randomBytes(leastSecretBytes).toString("base64url")}\n`;

/**
 * The credential of a server towards the other servers: a JWT (HS256) for one minute and one audience, signed with a
 * secret that only our servers have. The file's first line signs, all verify. To change the secret without a refusal, add the
 * new one as the second line, swap the two, and remove the old one, with a restart of all servers after each step.
 */
export class ServiceTokens {
  readonly #service: string;
  readonly #secrets: readonly string[];
  readonly #verified = new LRUCache<string, Verified>({ max: mostKept });
  readonly #issued = new Map<string, { readonly token: string; readonly at: number }>();

  private constructor(service: string, secrets: readonly string[]) {
    this.#service = service;
    this.#secrets = secrets;
  }

  /** Reads SERVICE_KEY_FILE. Throws a `StartError` when it holds no secret of 32 bytes or more. */
  static async open(service: string, { file, create }: ServiceKeyOptions): Promise<ServiceTokens> {
    const setting = "SERVICE_KEY_FILE";
    const generate = create ? async () => generateServiceKey() : undefined;
    const secrets = (await readSecretFile({ setting, file, generate })).split("\n").filter((line) => line !== "");
    const isStrong = (secret: string) => Buffer.from(secret, "base64url").length >= leastSecretBytes;
    if (secrets.length === 0 || !secrets.every(isStrong))
      throw new StartError(`${setting}: ${file} has to hold a secret of ${leastSecretBytes} bytes, in base64url.`);
    return new ServiceTokens(service, secrets);
  }

  /** A token that the server `audience` takes from us. */
  issue(audience: string): string {
    const last = this.#issued.get(audience);
    const now = performance.now();
    if (last && now - last.at < renewAfterMs) return last.token;
    const token = jwt.sign({}, this.#secrets[0] as string, {
      algorithm: "HS256",
      header: { alg: "HS256", typ: serviceTokenType },
      issuer: this.#service,
      audience,
      expiresIn: lifetimeSeconds,
    });
    this.#issued.set(audience, { token, at: now });
    return token;
  }

  /** Which server calls us: null without a token. Throws `Unauthenticated` for a bad one. */
  callerOf(header: string | string[] | undefined): string | null {
    if (header === undefined) return null;
    const verified = typeof header === "string" ? (this.#known(header) ?? this.#verify(header)) : undefined;
    if (!verified) throw new Unauthenticated("The service token is not valid.");
    return verified.caller;
  }

  #known(token: string): Verified | undefined {
    const known = this.#verified.get(token);
    return known && Date.now() / 1_000 < known.exp + clockToleranceSeconds ? known : undefined;
  }

  #verify(token: string): Verified | undefined {
    for (const secret of this.#secrets) {
      const verified = verify(token, secret, this.#service);
      if (!verified) continue;
      this.#verified.set(token, verified);
      return verified;
    }
    return undefined;
  }
}

/** A token whose signature was found to be good. */
interface Verified {
  readonly caller: string;
  /** In seconds since 1970. */
  readonly exp: number;
}

function verify(token: string, secret: string, audience: string): Verified | undefined {
  try {
    const options = { algorithms: ["HS256" as const], audience, clockTolerance: clockToleranceSeconds };
    const { header, payload } = jwt.verify(token, secret, { ...options, complete: true });
    if (header.typ !== serviceTokenType || typeof payload === "string" || payload.exp === undefined) return undefined;
    return payload.iss === undefined ? undefined : { caller: payload.iss, exp: payload.exp };
  } catch {
    return undefined; // for another secret to try, or for the caller to refuse
  }
}
