import { MongoClient } from "mongodb";
import { alex } from "./alex.ts";
import { ana } from "./ana.ts";
import type { DemoAccount } from "./demo-account.ts";
import { seedAccount } from "./seed-account.ts";

export const demoAccounts: readonly DemoAccount[] = [ana, alex];

export interface DemoDataOptions {
  mongodbUri: string;
  routerUrl: string;
  /** The names of the servers' databases. */
  databases: string[];
  onBegin: () => void;
  signal: AbortSignal;
}

// The mark lies beside the data that it speaks of: a copied or deleted data folder takes it along.
const markDatabase = "local-stack";
const markId = "demo-data";

/**
 * Makes the demo accounts when the databases are empty, or when an earlier start was interrupted while it did.
 * @returns whether the demo accounts are there
 */
export async function ensureDemoData({
  mongodbUri,
  routerUrl,
  databases,
  onBegin,
  signal,
}: DemoDataOptions): Promise<boolean> {
  const client = new MongoClient(mongodbUri);
  try {
    const marks = client.db(markDatabase).collection<{ _id: string; state: "begun" | "done" }>("marks");
    const mark = await marks.findOne({ _id: markId });
    if (mark?.state === "done") return true;
    if (!mark && !(await areEmpty(client, databases))) return false;
    onBegin();
    await marks.replaceOne({ _id: markId }, { state: "begun" }, { upsert: true });
    await Promise.all(demoAccounts.map((account) => seedAccount({ routerUrl, account, today: new Date(), signal })));
    await marks.replaceOne({ _id: markId }, { state: "done" });
    return true;
  } finally {
    await client.close();
  }
}

async function areEmpty(client: MongoClient, databases: string[]): Promise<boolean> {
  for (const name of databases) {
    for (const collection of await client.db(name).collections())
      if ((await collection.findOne({})) !== null) return false;
  }
  return true;
}
