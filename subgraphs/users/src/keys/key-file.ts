import { createPrivateKey, generateKeyPair, type KeyObject, randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { StartError } from "@tareas/service-kit/settings";

interface KeyFileOptions {
  readonly file: string;
  /** Whether to make a key when the file does not exist. */
  readonly create: boolean;
}

const leastBits = 2_048;

/** Reads the private key (PEM) that signs access tokens. Throws a `StartError` when there is none or it won't do. */
export async function readSigningKeyFile({ file, create }: KeyFileOptions): Promise<KeyObject> {
  const pem = (await readIfExists(file)) ?? (create ? await createKeyFile(file) : undefined);
  if (pem === undefined) {
    throw new StartError(
      `AUTH_PRIVATE_KEY_FILE: ${file} does not exist; in production the key is not made on the way.`,
    );
  }
  const key = parse(pem);
  if (key?.asymmetricKeyType !== "rsa")
    throw new StartError(`AUTH_PRIVATE_KEY_FILE: ${file} holds no RSA private key.`);
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < leastBits) {
    throw new StartError(`AUTH_PRIVATE_KEY_FILE: the key in ${file} has fewer than ${leastBits} bits.`);
  }
  return key;
}

async function readIfExists(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new StartError(`AUTH_PRIVATE_KEY_FILE can't be read: ${message}.`);
  }
}

function parse(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined; // the caller says what is wrong with the file
  }
}

/**
 * Makes a key file that only its owner may read, and returns what it holds. The whole file appears at once, and never
 * in place of another: of two processes that start together, both end up with the key of the one that was first.
 */
async function createKeyFile(file: string): Promise<string> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeDurably(draft, await generatePem());
    await link(draft, file).catch(unlessItExists);
    return await readFile(file, "utf8");
  } catch (error) {
    throw new StartError(`AUTH_PRIVATE_KEY_FILE can't be made: ${(error as Error).message}.`);
  } finally {
    await rm(draft, { force: true });
  }
}

async function generatePem(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: leastBits });
  return privateKey.export({ type: "pkcs8", format: "pem" }) as string;
}

async function writeDurably(file: string, content: string): Promise<void> {
  await using handle = await open(file, "wx", 0o600);
  await handle.writeFile(content);
  await handle.sync();
}

function unlessItExists(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
