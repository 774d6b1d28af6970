import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream";
import { pipeline as pipelineEnd } from "node:stream/promises";
import { constants, createGunzip, createGzip } from "node:zlib";

/** Documents in BSON. */
export type Bytes = AsyncIterable<Uint8Array>;

/** How many documents there are, how large, and what tells them from others. */
export interface Digest {
  readonly documents: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Counts documents that come in batches, as they pass. */
export class Digester {
  readonly #hash = createHash("sha256");
  #documents = 0;
  #bytes = 0;

  add(documents: readonly Uint8Array[]): void {
    for (const document of documents) {
      this.#hash.update(document);
      this.#bytes += document.length;
    }
    this.#documents += documents.length;
  }

  digest(): Digest {
    return { documents: this.#documents, bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }
}

/** Writes documents that come in batches to a new file that only its owner may read, compressed, down to the disk. */
export async function writeDocuments(file: string, batches: AsyncIterable<readonly Uint8Array[]>): Promise<Digest> {
  const digester = new Digester();
  async function* passing() {
    for await (const documents of batches) {
      digester.add(documents);
      yield Buffer.concat(documents);
    }
  }
  // How long this takes is how long MongoDB has to keep its past: speed counts for more than size.
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  await pipelineEnd(passing, gzip, createWriteStream(file, { flags: "wx", mode: 0o600, flush: true }));
  return digester.digest();
}

const readAtOnceBytes = 1_048_576;

/** The documents of a file, in batches of about a megabyte. Throws when it is damaged. */
export async function* readDocuments(file: string): AsyncGenerator<readonly Uint8Array[]> {
  const gunzip = createGunzip({ chunkSize: readAtOnceBytes });
  pipeline(createReadStream(file), gunzip, () => {}); // what goes wrong is thrown where it is read
  yield* documentsIn(gunzip);
}

const leastBytes = 5;
const lengthBytes = 4;

/** Documents out of a stream of them: each begins with its own length. (bsonspec.org) Throws when the last is not whole. */
export async function* documentsIn(chunks: Bytes): AsyncGenerator<readonly Uint8Array[]> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    const documents: Uint8Array[] = [];
    let at = 0;
    for (let length = lengthAt(bytes, at); at + length <= bytes.length; length = lengthAt(bytes, at)) {
      documents.push(bytes.subarray(at, at + length));
      at += length;
    }
    rest = bytes.subarray(at);
    if (documents.length > 0) yield documents;
  }
  if (rest.length > 0) throw new Error("the last document is not whole");
}

/** Infinity where there is no length to read yet. */
function lengthAt(bytes: Buffer, at: number): number {
  if (bytes.length - at < lengthBytes) return Number.POSITIVE_INFINITY;
  const length = bytes.readInt32LE(at);
  if (length < leastBytes) throw new Error(`there is no document at ${at}`);
  return length;
}
