import { mongo } from "mongoose";
import { expect, test } from "vitest";
import { documentsIn } from "./documents.ts";

const { BSON } = mongo;
const documents = [{ a: 1 }, {}, { text: "x".repeat(100) }].map((document) => BSON.serialize(document));
const whole = Buffer.concat(documents);

async function read(...chunks: Uint8Array[]): Promise<object[]> {
  async function* stream() {
    yield* chunks;
  }
  const batches = await Array.fromAsync(documentsIn(stream()));
  return batches.flat().map((document) => BSON.deserialize(document));
}

const content = [{ a: 1 }, {}, { text: "x".repeat(100) }];

test("documents are found wherever their stream is cut in two", async () => {
  for (let cut = 0; cut <= whole.length; cut++)
    expect(await read(whole.subarray(0, cut), whole.subarray(cut))).toEqual(content);
});

test("documents are found in a stream that comes byte by byte", async () => {
  expect(await read(...Array.from(whole, (byte) => Uint8Array.of(byte)))).toEqual(content);
});

test("a stream that ends within a document is refused", async () => {
  await expect(read(whole.subarray(0, -1))).rejects.toThrow("not whole");
  await expect(read(whole.subarray(0, 2))).rejects.toThrow("not whole");
});

test("what can be no length is refused", async () => {
  await expect(read(Uint8Array.of(0, 0, 0, 0, 0))).rejects.toThrow("no document at 0");
});
