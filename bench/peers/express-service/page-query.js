import { ObjectId } from "mongodb";
import { wordsOf } from "./words.js";

// It asks MongoDB what the tasks subgraph asks, in as many ranges and of the same indexes: with plainer queries it would be
// slower, and what is compared is what stands around them.

const priorities = ["NONE", "LOW", "MEDIUM", "HIGH", "URGENT"];
const fields = { CREATED_AT: "createdAt", DUE_DATE: "due" };

/** The filter, order and index of a page; `field` is what it is ordered by. */
export function pageQuery(ownerId, { after, completed, priority, dueFrom, text, orderBy = "CREATED_AT" }) {
  const field = fields[orderBy];
  const direction = orderBy === "CREATED_AT" ? -1 : 1;
  const match = {
    ownerId,
    ...(priority && { priority: { $in: priority.split(",").map((name) => priorities.indexOf(name)) } }),
    ...(dueFrom && { due: { $gte: dueFrom, $lte: "9999-12-31" } }),
    ...(text && { words: { $all: wordsOf(text).map((word) => new RegExp(`^${word}`)) } }),
  };
  const states = completed === undefined ? ["open", "completed"] : [completed === "true" ? "completed" : "open"];
  const ranges = after ? rangesBehind(after, field, direction) : [{}];
  return {
    filter: { $or: states.flatMap((state) => ranges.map((range) => ({ $and: [{ state, ...match }, range] }))) },
    sort: { [field]: direction, _id: direction },
    hint: text ? undefined : `owner_${field}`,
    field,
  };
}

/** The opaque cursor of a task in an order. */
export function placeAfter(task, field) {
  const value = task[field];
  const name = field === "due" ? "DUE_DATE" : "CREATED_AT";
  const place = [name, value instanceof Date ? value.getTime() : value, task._id.toHexString()];
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

function rangesBehind(cursor, field, direction) {
  const [, plain, hex] = JSON.parse(Buffer.from(cursor, "base64url").toString());
  const value = field === "createdAt" ? new Date(plain) : plain;
  const beyond = direction === 1 ? "$gt" : "$lt";
  return [{ [field]: { [beyond]: value } }, { [field]: value, _id: { [beyond]: new ObjectId(hex) } }];
}
