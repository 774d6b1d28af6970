import { mainScript, serviceNames } from "@tareas/local-stack/services";
import { describe, expect, test } from "vitest";
import { type Launch, settingErrors } from "./support/launch.ts";
import { launchesIn, secretsOf } from "./support/launches.ts";
import { containersOf, manifestsOf, ofKind, overlays } from "./support/manifests.ts";
import { documentedSecrets, secretFiles } from "./support/secret-files.ts";

describe.each(overlays)("the overlay %s", (overlay) => {
  const manifests = manifestsOf(overlay);
  const launches = launchesIn(manifests);

  test.each(launches.map((launch) => [launch.title, launch] as const))("%s knows what it is given", (_, launch) => {
    expect(settingErrors(launch)).toEqual([]);
  });

  test("runs each server, and as in production", () => {
    expect(launches.map(({ script }) => script)).toEqual(expect.arrayContaining(serviceNames.map(mainScript)));
    for (const { script, env } of launches.filter(({ script }) => script.endsWith("main.ts")))
      expect([script, env.NODE_ENV, env.HOST]).toEqual([script, "production", "0.0.0.0"]);
  });
});

test("Secrets are those that docs/operating.md makes, of the files that npm run secrets makes", () => {
  const used = overlays
    .map(manifestsOf)
    .flatMap((manifests) => [
      ...containersOf(manifests).flatMap((contained) => secretsOf(contained, manifests)),
      ...ofKind(manifests, "Ingress").flatMap(({ spec }) =>
        spec.tls.map((tls: { secretName: string }) => tls.secretName),
      ),
    ]);
  expect([...new Set(used)].sort()).toEqual([...documentedSecrets.keys()].sort());
  const files = [...documentedSecrets.values()].filter((file) => file !== undefined);
  expect(secretFiles).toEqual(expect.arrayContaining(files));
});

const good: Launch = {
  title: "invented",
  script: mainScript("tasks"),
  env: {
    NODE_ENV: "production",
    MONGODB_URI_FILE: "/secrets/uri",
    AUTH_JWKS_URL: "http://users:4001/a",
    AUTH_REVOCATIONS_URL: "http://users:4001/b",
    USERS_OUTBOX_URL: "http://users:4001/c",
  },
  hasFile: (path) => path.startsWith("/secrets/"),
};

test.each<[string, Record<string, string>, string[]]>([
  ["nothing wrong", {}, []],
  ["an unknown name", { LOG_LEVELL: "info" }, ["LOG_LEVELL is no setting of it"]],
  ["a setting of another server", { TRUSTED_PROXY_HOPS: "1" }, ["TRUSTED_PROXY_HOPS is no setting of it"]],
  ["a bad value", { LOG_LEVEL: "loud" }, [expect.stringContaining("LOG_LEVEL is not valid")]],
  ["a required one missing", { USERS_OUTBOX_URL: "" }, [expect.stringContaining("USERS_OUTBOX_URL is not set")]],
  ["a secret that is not mounted", { MONGODB_URI_FILE: "/uri" }, ["MONGODB_URI_FILE: nothing is mounted at /uri"]],
])("settings with %s", (_, env, errors) => {
  expect(settingErrors({ ...good, env: { ...good.env, ...env } })).toEqual(errors);
});

test.each<[string, Record<string, string>, string[]]>([
  ["addresses of all", { SUBGRAPH_TIMEOUT_MS_USERS: "1000" }, []],
  ["one forgotten", { AUTH_JWKS_URL: "" }, [expect.stringContaining("AUTH_JWKS_URL is not set: http://127.0.0.1")]],
  ["a misspelt prefix", { SUBGRAPH_URLS_USERS: "http://users" }, ["SUBGRAPH_URLS_USERS is no setting of it"]],
])("a router with %s", (_, env, errors) => {
  const urls = ["AUTH_JWKS_URL", "AUTH_REVOCATIONS_URL", "AUTH_API_TOKENS_URL"].map((name) => [name, "http://users/"]);
  const given = { ...Object.fromEntries(urls), SUBGRAPH_URL_USERS: "http://users/", ...env };
  expect(settingErrors({ ...good, script: mainScript("router"), env: given })).toEqual(errors);
});
