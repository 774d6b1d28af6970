import type { Connection } from "mongoose";
import { untilAborted } from "../deadline.ts";
import { currentScope } from "../request-scope.ts";

// At which place each method of a collection takes its options.
const optionsAt = {
  aggregate: 1,
  bulkWrite: 1,
  countDocuments: 1,
  deleteMany: 1,
  deleteOne: 1,
  distinct: 2,
  estimatedDocumentCount: 0,
  find: 1,
  findOne: 1,
  findOneAndDelete: 1,
  findOneAndReplace: 2,
  findOneAndUpdate: 2,
  insertMany: 1,
  insertOne: 1,
  replaceOne: 2,
  updateMany: 2,
  updateOne: 2,
} as const;

type Method = (...args: unknown[]) => unknown;

/**
 * Makes every operation on the models of a connection hold to the deadline of the request that it is for: MongoDB is
 * told how long it has (`maxTimeMS`), and one that MongoDB does not end either is broken off a little later, with its
 * connection. One that would begin too late throws `DeadlineExceeded`. Outside of a request nothing changes.
 *
 * It is done where mongoose hands over to the driver, because no hook of mongoose sees all operations. The driver's own
 * `timeoutMS` has no effect in its version 7; its `signal` is documented for reads, and works for writes too.
 */
export function holdToRequestDeadlines(connection: Connection): void {
  connection.on("model", ({ collection }: { collection: Record<string, Method> }) => {
    for (const [name, place] of Object.entries(optionsAt)) {
      const method = (collection[name] as Method).bind(collection);
      collection[name] = (...args) => {
        const deadline = currentScope()?.deadline;
        if (!deadline) return method(...args);
        const bounds = { maxTimeMS: deadline.leftMs(), signal: deadline.breakOff };
        const bounded = args.slice();
        bounded[place] = { ...(args[place] as object | undefined), ...bounds };
        const result = method(...bounded);
        // Mongoose itself holds operations back as long as there is no primary, and knows no signal. A cursor does.
        return result instanceof Promise ? untilAborted(result, deadline.breakOff) : result;
      };
    }
  });
}
