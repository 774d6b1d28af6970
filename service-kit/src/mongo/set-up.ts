import { createLog } from "../log.ts";
import { readSettings, StartError } from "../settings.ts";
import { setUpMongodb } from "./set-up-mongodb.ts";
import { setUpSettings } from "./set-up-settings.ts";

// Makes a new mongod with authentication a replica set with its users, and then, every time it is started, gives these the
// passwords that the secrets hold. It has to run beside one of the members, in its network: until there is a user, mongod
// listens to nobody else.
try {
  const settings = readSettings(setUpSettings, process.env);
  const { MONGODB_SELF: self, MONGODB_MEMBERS: members, MONGODB_SET_UP_STAYS: stays } = settings;
  if (self === undefined || self === members[0]) await setUpMongodb(settings, createLog("mongodb set-up", "info"));
  if (stays) await untilEnded();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

async function untilEnded(): Promise<void> {
  const forever = setInterval(() => {}, 2 ** 30);
  await new Promise((resolve) => process.once("SIGTERM", resolve));
  clearInterval(forever);
}
