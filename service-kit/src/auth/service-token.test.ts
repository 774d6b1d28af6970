import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import jwt from "jsonwebtoken";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Unauthenticated } from "../errors.ts";
import { StartError } from "../settings.ts";
import { ServiceTokens } from "./service-token.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tareas-service-"));
  file = join(folder, "service.key");
});
afterEach(() => rm(folder, { recursive: true }));

const open = (service: string) => ServiceTokens.open(service, { file, create: true });
const secretOf = (letter: string) => letter.repeat(43);
const write = (...lines: string[]) => writeFile(file, lines.join("\n"), { mode: 0o600 });

test("servers that share the file know each other, each for its own audience", async () => {
  const [router, users, tasks] = await Promise.all([open("router"), open("users"), open("tasks")]);
  const token = router.issue("users");
  expect(users.callerOf(token)).toBe("router");
  expect(() => tasks.callerOf(token)).toThrow(Unauthenticated);
  expect(users.callerOf(undefined)).toBeNull();
  expect(router.issue("users")).toBe(token);
});

test("a secret can be changed without a moment in which servers do not know each other", async () => {
  await write(secretOf("a"));
  const before = await open("router");
  await write(secretOf("b"), secretOf("a"));
  const after = await open("users");
  expect(after.callerOf(before.issue("users"))).toBe("router");
  await write(secretOf("b"));
  expect((await open("users")).callerOf(after.issue("users"))).toBe("users");
  await expect(async () => (await open("users")).callerOf(before.issue("users"))).rejects.toThrow(Unauthenticated);
});

describe("a token is refused when it", () => {
  const header = { alg: "HS256", typ: "service+jwt" };
  const sign = (options: jwt.SignOptions, secret = secretOf("a")) =>
    jwt.sign({}, secret, { header, audience: "users", issuer: "router", expiresIn: 60, ...options } as jwt.SignOptions);
  const { expiresIn: _, ...endless } = { header, audience: "users", issuer: "router", expiresIn: 60 };

  test.each([
    ["has expired", () => sign({ expiresIn: -10 })],
    ["never expires", () => jwt.sign({}, secretOf("a"), endless as jwt.SignOptions)],
    ["is of another type", () => sign({ header: { alg: "HS256", typ: "JWT" } })],
    ["is for another audience", () => sign({ audience: "tasks" })],
    ["is signed with another secret", () => sign({}, secretOf("z"))],
    ["is not signed", () => sign({}).replace(/[^.]+$/, "")],
    ["is no token", () => "router"],
    ["is empty", () => ""],
  ])("%s", async (_name, make) => {
    await write(secretOf("a"));
    const users = await open("users");
    expect(users.callerOf(sign({}))).toBe("router");
    expect(() => users.callerOf(make())).toThrow(Unauthenticated);
  });
});

test.each([
  ["", "nothing"],
  ["c2hvcnQ", "a short secret"],
  [`${"a".repeat(43)}\nshort`, "one short secret of two"],
])("a file with %j is refused: %s", async (content) => {
  await write(content);
  await expect(open("users")).rejects.toThrow(StartError);
});
