import { generateKeyPairSync } from "node:crypto";
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartError } from "@tareas/service-kit/settings";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readSigningKeyFile } from "./key-file.ts";
import { SigningKey, thumbprint } from "./signing-key.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tareas-keys-"));
});
afterEach(() => rm(folder, { recursive: true }));

const rsaPem = (modulusLength: number) =>
  generateKeyPairSync("rsa", { modulusLength }).privateKey.export({ type: "pkcs8", format: "pem" });
const p256Pem = () =>
  generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" });

test("many that start at once agree on one key, which only its owner may read", async () => {
  const file = join(folder, "new", "keys", "access-token.pem");
  const keys = await Promise.all(Array.from({ length: 8 }, () => readSigningKeyFile({ file, create: true })));

  expect(new Set(keys.flat().map((key) => new SigningKey(key).kid)).size).toBe(1);
  expect(keys[0]?.[0]?.asymmetricKeyDetails?.modulusLength).toBe(2048);
  expect(await readdir(join(folder, "new", "keys"))).toEqual(["access-token.pem"]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("a key that is there is read and stays as it is", async () => {
  const file = join(folder, "own.pem");
  await writeFile(file, rsaPem(3072), { mode: 0o600 });
  const [first] = await readSigningKeyFile({ file, create: true });
  const [second] = await readSigningKeyFile({ file, create: false });
  expect(first?.asymmetricKeyDetails?.modulusLength).toBe(3072);
  expect(first && second?.equals(first)).toBe(true);
});

test.each([
  ["no PEM", () => "nonsense", /holds no RSA private key/],
  ["nothing", () => "", /holds no RSA private key/],
  ["an elliptic curve key", p256Pem, /holds no RSA private key/],
  ["a weak key", () => rsaPem(1024), /fewer than 2048 bits/],
])("a file with %s is refused in one line that names the setting", async (_, content, why) => {
  const file = join(folder, "bad.pem");
  await writeFile(file, content(), { mode: 0o600 });
  const refusal = await readSigningKeyFile({ file, create: true }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(StartError);
  expect((refusal as Error).message).toMatch(/^AUTH_PRIVATE_KEY_FILE: .*$/);
  expect((refusal as Error).message).toMatch(why);
});

test("several keys are read in order", async () => {
  const file = join(folder, "several.pem");
  const pems = [rsaPem(2048), rsaPem(2048)];
  await writeFile(file, pems.join("\n"), { mode: 0o600 });
  const keys = await readSigningKeyFile({ file, create: false });
  expect(keys.map((key) => key.export({ type: "pkcs8", format: "pem" }))).toEqual(pems);
});

test.each([0o604, 0o640, 0o620, 0o602])("a file with mode %o, which others may use, is refused", async (mode) => {
  const file = join(folder, "open.pem");
  await writeFile(file, rsaPem(2048));
  await chmod(file, mode);
  await expect(readSigningKeyFile({ file, create: true })).rejects.toThrow(/others may read or change .*chmod 600/);
});

test("where no key may be made, a missing file is refused", async () => {
  const file = join(folder, "missing.pem");
  await expect(readSigningKeyFile({ file, create: false })).rejects.toThrow(/missing\.pem does not exist/);
  expect(await readdir(folder)).toEqual([]);
});

test("the kid is the key's RFC 7638 thumbprint", () => {
  // The example of RFC 7638, section 3.1.
  const n =
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
  expect(thumbprint({ kty: "RSA", n, e: "AQAB" })).toBe("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
});
