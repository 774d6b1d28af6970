import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { mongodbUri, readSettings, text } from "./settings.ts";

const folder = mkdtempSync(join(tmpdir(), "tareas-settings-"));
afterAll(() => rmSync(folder, { recursive: true }));

const shape = { MONGODB_URI: mongodbUri(), LOG_NAME: text("none") };

function fileWith(content: string): string {
  const file = join(folder, "secret");
  writeFileSync(file, content);
  return file;
}

test("a secret may stand in a file, and what is set by itself comes first", () => {
  const file = fileWith("mongodb://name:password@host\n");
  expect(readSettings(shape, { MONGODB_URI_FILE: file }).MONGODB_URI).toBe("mongodb://name:password@host");
  const both = { MONGODB_URI_FILE: file, MONGODB_URI: "mongodb://other" };
  expect(readSettings(shape, both).MONGODB_URI).toBe("mongodb://other");
});

test("only a secret is read from a file", () => {
  const env = { MONGODB_URI: "mongodb://host", LOG_NAME_FILE: fileWith("other") };
  expect(readSettings(shape, env).LOG_NAME).toBe("none");
});

test("a file that is not there, is empty or holds something else is named, and not shown", () => {
  const refusal = (env: NodeJS.ProcessEnv) => {
    try {
      return readSettings(shape, env);
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(refusal({ MONGODB_URI_FILE: join(folder, "missing") })).toMatch(/^MONGODB_URI_FILE can't be read: ENOENT/);
  expect(refusal({ MONGODB_URI_FILE: fileWith(" \n") })).toMatch(/^MONGODB_URI is not set/);
  expect(refusal({ MONGODB_URI_FILE: fileWith("my secret") })).toBe(
    "MONGODB_URI is not valid: expected a mongodb:// connection string.",
  );
});
