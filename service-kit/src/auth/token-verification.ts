import type { Log } from "../log.ts";
import { AccessTokenVerifier } from "./access-token.ts";
import { JwksKeys } from "./jwks.ts";
import { RevocationFeed } from "./revocation-feed.ts";
import { ServiceTokens } from "./service-token.ts";

/** The settings that it takes: those of every server and of one that follows the users subgraph. */
export interface TokenVerificationConfig {
  readonly NODE_ENV: string;
  readonly AUTH_ISSUER: string;
  readonly AUTH_AUDIENCE: string;
  readonly AUTH_JWKS_URL: string;
  readonly AUTH_JWKS_FILE: string;
  readonly AUTH_REVOCATIONS_URL: string;
  readonly AUTH_REVOCATIONS_FILE: string;
  readonly AUTH_FOLLOW_EVERY_MS: number;
  readonly SERVICE_KEY_FILE: string;
}

export interface TokenVerification extends Disposable {
  readonly verifier: AccessTokenVerifier;
  readonly services: ServiceTokens;
}

/**
 * What a server other than the users subgraph needs to verify tokens offline: the public keys and the revocations,
 * followed in the background, and the credential between servers. Throws a `StartError` without a usable service key.
 */
export async function openTokenVerification(
  service: string,
  config: TokenVerificationConfig,
  log: Log,
): Promise<TokenVerification> {
  const create = config.NODE_ENV !== "production";
  const services = await ServiceTokens.open(service, { file: config.SERVICE_KEY_FILE, create });
  const everyMs = config.AUTH_FOLLOW_EVERY_MS;
  const keys = await JwksKeys.open({ url: config.AUTH_JWKS_URL, file: config.AUTH_JWKS_FILE, everyMs, log });
  const revocations = await RevocationFeed.open({
    url: config.AUTH_REVOCATIONS_URL,
    file: config.AUTH_REVOCATIONS_FILE,
    ...{ everyMs, services, log },
  });
  const rules = { issuer: config.AUTH_ISSUER, audience: config.AUTH_AUDIENCE };
  return {
    verifier: new AccessTokenVerifier({ keys, rules, revocations }),
    services,
    [Symbol.dispose]() {
      keys[Symbol.dispose]();
      revocations[Symbol.dispose]();
    },
  };
}
