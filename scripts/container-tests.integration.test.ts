import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { notTried } from "./count-tests.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tareas-commands-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the containers' tests on a machine without Docker whose podman has everything, and does as `podman` says. */
function runWith(podman: string) {
  const commands = {
    docker: "exit 1",
    "docker-compose": "exit 0",
    podman: `[ "$1" != import ] || cat > /dev/null\n${podman}`,
    "dpkg-query": "echo installed",
    install: "cat > /dev/null", // the settings of podman
    debootstrap: "exit 1",
  };
  for (const [name, script] of Object.entries(commands)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return spawnSync(process.execPath, [join(import.meta.dirname, "container-tests.ts")], {
    encoding: "utf8",
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
  });
}

test("where podman can start nothing, that and why are said, and no test has failed", () => {
  const { status, stdout } = runWith('[ "$1" != run ] || { echo "runc: operation not permitted" >&2; exit 126; }');
  expect(stdout.trimEnd().split("\n").at(-1)).toBe(
    "CONTAINERS WERE NOT TESTED: podman is here, and can't run a container: runc: operation not permitted",
  );
  expect(status).toBe(notTried);
});

test("where containers run and images can't be had, the tests have failed", () => {
  const { status, stdout } = runWith('[ "$1" != pull ] && [ "$1" != image ]');
  expect(stdout).not.toContain("NOT TESTED");
  expect(status).toBe(1);
});
