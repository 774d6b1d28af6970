import { type Db, type Document, MongoClient, MongoServerError } from "mongodb";

const timeLimitExceeded = 50;

/**
 * Holds the database commands of one of our programs, by a fail point of MongoDB's own. It takes a MongoDB with the
 * parameter `enableTestCommands`.
 */
export class HeldCommands implements AsyncDisposable {
  readonly #client: MongoClient;
  readonly #server: string;
  readonly #heldBefore: number;

  private constructor(client: MongoClient, server: string, heldBefore: number) {
    this.#client = client;
    this.#server = server;
    this.#heldBefore = heldBefore;
  }

  /**
   * Lets `skip` of the program's commands of these kinds pass, and holds the next ones, before they do anything, until
   * the hold is disposed of, or for `forMs` each.
   */
  static async arm(
    uri: string,
    server: "users" | "tasks" | "backup",
    failCommands: string[],
    { skip = 0, forMs = 60_000 }: { skip?: number; forMs?: number } = {},
  ) {
    const client = await new MongoClient(uri).connect();
    const appName = `tareas-${server}`;
    const data = { failCommands, appName, blockConnection: true, blockTimeMS: forMs };
    const { count } = await client
      .db("admin")
      .command({ configureFailPoint: "failCommand", mode: skip === 0 ? "alwaysOn" : { skip }, data });
    return new HeldCommands(client, appName, count);
  }

  get #admin(): Db {
    return this.#client.db("admin");
  }

  /** Whether a command is held by now. */
  async isHit(): Promise<boolean> {
    try {
      const timesEntered = this.#heldBefore + 1;
      await this.#admin.command({ waitForFailPoint: "failCommand", timesEntered, maxTimeMS: 20 });
      return true;
    } catch (error) {
      if (error instanceof MongoServerError && error.code === timeLimitExceeded) return false;
      throw error;
    }
  }

  /** Lets commands pass from now on; those that are held are never run. */
  async [Symbol.asyncDispose](): Promise<void> {
    // This answers when nothing is held any more.
    const off = this.#admin.command({ configureFailPoint: "failCommand", mode: "off" });
    await this.#killHeld();
    await off;
    await this.#client.close();
  }

  async #killHeld(): Promise<void> {
    // Not those by which the server's driver watches MongoDB: without them it would take it for gone.
    const match = { appName: this.#server, active: true, "command.hello": { $exists: false } };
    const held = [{ $currentOp: { allUsers: true } }, { $match: match }];
    for (const { opid } of await this.#admin.aggregate<Document>(held).toArray())
      await this.#admin.command({ killOp: 1, op: opid });
  }
}
