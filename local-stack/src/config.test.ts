import { expect, test } from "vitest";
import { inheritedEnv, readMongodSettings, readStartSettings } from "./config.ts";

test("without any setting the documented defaults hold", () => {
  const settings = readStartSettings({});
  expect(settings.ports).toEqual({ router: 4000, users: 4001, tasks: 4002, mongod: 4017 });
  expect(settings.metricsPorts).toEqual({ router: 4100, users: 4101, tasks: 4102 });
  expect(settings.dataDir).toBe(`${process.cwd()}/.data`);
});

test.each([
  ["PORT", "40x0", 'PORT is "40x0"'],
  ["TASKS_PORT", "70000", 'TASKS_PORT is "70000"'],
  ["LOG_LEVEL", "loud", 'LOG_LEVEL is "loud"'],
])("a bad %s is named", (name, value, message) => {
  expect(() => readStartSettings({ [name]: value })).toThrow(message);
});

test.each([
  ["MONGOD_PROVIDER", "docker", 'MONGOD_PROVIDER is "docker": it must be one of uri, path, download, wheel'],
  ["MONGODB_URI", "localhost", "MONGODB_URI is not valid: it must begin with mongodb://"],
  ["MONGOD_PROVIDER", "uri", "MONGOD_PROVIDER=uri needs MONGODB_URI"],
])("a bad %s is named (%s)", (name, value, message) => {
  expect(() => readMongodSettings({ [name]: value })).toThrow(message);
});

test("an empty value is no value", () => {
  expect(readMongodSettings({ MONGODB_URI: "", MONGOD_PROVIDER: "" })).toMatchObject({
    uri: undefined,
    provider: undefined,
  });
});

test("servers inherit the environment, but not what the stack decides", () => {
  expect(inheritedEnv({ PORT: "1", MONGODB_URI: "mongodb://x", SUBGRAPH_TIMEOUT_MS: "5" })).toEqual({
    SUBGRAPH_TIMEOUT_MS: "5",
  });
});
