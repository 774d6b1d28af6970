import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { StartError } from "@tareas/service-kit/settings";
import { z } from "zod";

/** Operations that are known before anybody sends them: their texts, by the hash of each. */
export type TrustedDocuments = ReadonlyMap<string, string>;

/** The hash by which an operation is known: SHA-256 of its text, in hexadecimal. */
export const sha256 = (text: string): string => hash("sha256", text);

/** As Apollo's tools write it (@apollo/generate-persisted-query-manifest). */
const manifest = z.object({
  format: z.literal("apollo-persisted-query-manifest"),
  version: z.literal(1),
  operations: z.array(
    z
      .object({
        id: z.string(),
        name: z.string(),
        type: z.enum(["query", "mutation", "subscription"]),
        body: z.string(),
      })
      .refine(({ id, body }) => id === sha256(body), "the id is not the SHA-256 of the body"),
  ),
});

/** Reads the operations of several manifests. Throws a `StartError` that names the first one that can't be used. */
export async function readTrustedDocuments(paths: readonly string[]): Promise<TrustedDocuments> {
  const manifests = await Promise.all(paths.map(readManifest));
  return new Map(manifests.flat().map(({ id, body }) => [id, body]));
}

async function readManifest(path: string) {
  const result = manifest.safeParse(await readJson(path));
  if (result.success) return result.data.operations;
  const { path: place = [], message } = result.error.issues[0] ?? {};
  throw unusable(path, [place.join("."), message].filter(Boolean).join(": "));
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw unusable(path, (error as Error).message);
  }
}

const unusable = (path: string, reason: string) =>
  new StartError(`TRUSTED_DOCUMENTS: ${path} is not a usable manifest: ${reason.split("\n")[0]}`);
