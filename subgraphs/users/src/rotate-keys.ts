import { chown, readFile, rename, stat } from "node:fs/promises";
import { writeDurably } from "@tareas/service-kit/secret-file";
import { StartError } from "@tareas/service-kit/settings";
import { readConfig } from "./config.ts";
import { generatePem, readSigningKeyFile } from "./keys/key-file.ts";
import { SigningKey } from "./keys/signing-key.ts";

// Puts a new key first in AUTH_PRIVATE_KEY_FILE. The two before it stay, so that tokens which they signed still count;
// a running users subgraph notices by itself. The file is replaced in one step.

const keptKeys = 2;

try {
  const { AUTH_PRIVATE_KEY_FILE: file } = readConfig(process.env);
  await readSigningKeyFile({ file, create: false });
  const pems = (await readFile(file, "utf8")).trim().split(/(?<=-----END [A-Z ]+-----)\s+/);
  const draft = `${file}.${process.pid}`;
  await writeDurably(draft, `${[(await generatePem()).trim(), ...pems.slice(0, keptKeys)].join("\n")}\n`);
  const { uid, gid } = await stat(file);
  if (process.getuid?.() === 0) await chown(draft, uid, gid); // else root alone could read it from then on
  await rename(draft, file);
  const kids = (await readSigningKeyFile({ file, create: false })).map((key) => new SigningKey(key).kid);
  console.log(`${file}: the new key is ${kids[0]}; ${kids.length - 1} older stay to verify with.`);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
