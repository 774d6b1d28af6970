import type { mongo } from "mongoose";

/** What MongoDB's profiler saw of a collection while `work` ran: one plan summary for each query and update. */
export async function plansOf(db: mongo.Db, collection: string, work: () => Promise<unknown>): Promise<string[]> {
  await db.command({ profile: 0 });
  await db.collection("system.profile").drop();
  await db.command({ profile: 2 });
  await work();
  await db.command({ profile: 0 });
  const operations = await db
    .collection("system.profile")
    .find({ ns: `${db.databaseName}.${collection}`, op: { $in: ["query", "getmore", "update"] } })
    .toArray();
  return operations.map(({ planSummary }) => planSummary);
}
