import { mongo } from "mongoose";
import { readSettings } from "../settings.ts";
import { memberSettings } from "./set-up-settings.ts";

// For readiness: exits with 0 when the member beside us is the primary, or a secondary that follows somebody; else with 1. One
// that has just come back counts for a majority only from then on: to take away the next before that would stop all writes.
const { MONGODB_LOCAL: local, MONGODB_ROOT_PASSWORD: password } = readSettings(memberSettings, process.env);
const uri = `mongodb://root:${encodeURIComponent(password)}@${local}/?authSource=admin&directConnection=true`;

interface Member {
  readonly self?: boolean;
  readonly stateStr: string;
  readonly syncSourceHost?: string;
}

async function isFollowing(): Promise<boolean> {
  await using client = await new mongo.MongoClient(uri, { serverSelectionTimeoutMS: 2_000 }).connect();
  const { members } = await client.db("admin").command({ replSetGetStatus: 1 });
  const self = (members as Member[]).find((member) => member.self);
  return self?.stateStr === "PRIMARY" || (self?.stateStr === "SECONDARY" && Boolean(self.syncSourceHost));
}

process.exit((await isFollowing().catch(() => false)) ? 0 : 1);
