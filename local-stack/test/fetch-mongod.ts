import { readMongodSettings } from "../src/config.ts";
import { findMongod } from "../src/mongodb/find-mongod.ts";

/** Once before all integration tests, so that no test has to wait for a download, and no two download at once. */
export default async function fetchMongod(): Promise<void> {
  const settings = readMongodSettings();
  if (settings.uri !== undefined) return;
  await findMongod(settings, {
    onEvent(event) {
      if (event.type === "progress") console.log(`mongodb: ${event.detail}`);
    },
  });
}
