import { chown, readFile, rename, stat } from "node:fs/promises";
import { runTool } from "@tareas/service-kit/run-tool";
import { writeDurably } from "@tareas/service-kit/secret-file";
import { readConfig } from "./config.ts";
import { generatePem, madeAt, readSigningKeyFile } from "./keys/key-file.ts";
import { SigningKey } from "./keys/signing-key.ts";

// Puts a new key first in AUTH_PRIVATE_KEY_FILE. Those before it stay while tokens that they signed may be about; a running
// users subgraph notices by itself. The file is replaced in one step.

/** At most a day until the key above it signs, and a day for the last token (the limits of both settings in config.ts). */
const neededForMs = 2 * 86_400_000;

/** Without those that were replaced long ago: all below a key that is old itself. */
function stillNeeded(pems: readonly string[]): readonly string[] {
  const firstOld = pems.findIndex((pem) => Date.now() - madeAt(pem) > neededForMs);
  return firstOld === -1 ? pems : pems.slice(0, firstOld + 1);
}

await runTool(async () => {
  const { AUTH_PRIVATE_KEY_FILE: file } = readConfig(process.env);
  await readSigningKeyFile({ file, create: false });
  const pems = (await readFile(file, "utf8")).trim().split(/(?<=-----END [A-Z ]+-----)\s+/);
  const draft = `${file}.${process.pid}`;
  await writeDurably(draft, `${[(await generatePem()).trim(), ...stillNeeded(pems)].join("\n")}\n`);
  const { uid, gid } = await stat(file);
  if (process.getuid?.() === 0) await chown(draft, uid, gid); // else root alone could read it from then on
  await rename(draft, file);
  const kids = (await readSigningKeyFile({ file, create: false })).map((key) => new SigningKey(key).kid);
  console.log(`${file}: the new key is ${kids[0]}; ${kids.length - 1} older stay to verify with.`);
});
