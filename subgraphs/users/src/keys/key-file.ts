import { createPrivateKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { readSecretFile } from "@tareas/service-kit/secret-file";
import { StartError } from "@tareas/service-kit/settings";

interface KeyFileOptions {
  readonly file: string;
  /** Whether to make a key when the file does not exist. */
  readonly create: boolean;
}

const setting = "AUTH_PRIVATE_KEY_FILE";
const leastBits = 2_048;
const pemBlock = /-----BEGIN [A-Z ]+-----[\s\S]+?-----END [A-Z ]+-----/g;

/**
 * Reads the private keys (PEM) of access tokens: the newest first, then those before it whose tokens may still be
 * about. Throws a `StartError` when there is none, when one won't do, or when others may read the file.
 */
export async function readSigningKeyFile({ file, create }: KeyFileOptions): Promise<KeyObject[]> {
  const content = await readSecretFile({ setting, file, generate: create ? generatePem : undefined });
  const blocks = content.match(pemBlock) ?? [];
  if (blocks.length === 0) throw new StartError(`${setting}: ${file} holds no RSA private key.`);
  return blocks.map((pem) => parse(pem, file));
}

function parse(pem: string, file: string): KeyObject {
  const key = parsePem(pem);
  if (key?.asymmetricKeyType !== "rsa") throw new StartError(`${setting}: ${file} holds no RSA private key.`);
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < leastBits)
    throw new StartError(`${setting}: the key in ${file} has fewer than ${leastBits} bits.`);
  return key;
}

function parsePem(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined; // the caller says what is wrong with the file
  }
}

/** A new RSA private key in PEM, under a line that tells when it was made (explanatory text, RFC 7468, section 2). */
export async function generatePem(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: leastBits });
  return `Made: ${new Date().toISOString()}\n${privateKey.export({ type: "pkcs8", format: "pem" })}`;
}

/** When a key that `generatePem` has made was made, in ms since 1970; NaN for others. */
export const madeAt = (pem: string): number => Date.parse(/^Made: (.+)$/m.exec(pem)?.[1] ?? "");
