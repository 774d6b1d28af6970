import { readMongodSettings } from "../src/config.ts";
import { findMongod } from "../src/mongodb/find-mongod.ts";

/** The path of the mongod that this machine has, or gets. */
export async function realMongod(): Promise<string> {
  const settings = readMongodSettings();
  return (await findMongod({ ...settings, provider: settings.provider === "uri" ? undefined : settings.provider }))
    .path;
}
