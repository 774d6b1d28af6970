import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

let root: string;

/** A project with one package, which comes from a folder: it needs no registry. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "tareas-install-"));
  await mkdir(join(root, "scripts"));
  await mkdir(join(root, "part"));
  await cp(join(import.meta.dirname, "install.mjs"), join(root, "scripts", "install.mjs"));
  await writeJson("part/package.json", { name: "part", version: "1.0.0" });
  await writeJson("package.json", { name: "whole", version: "1.0.0", dependencies: { part: "file:part" } });
  await writeJson("package-lock.json", {
    name: "whole",
    version: "1.0.0",
    lockfileVersion: 3,
    packages: {
      "": { name: "whole", version: "1.0.0", dependencies: { part: "file:part" } },
      "node_modules/part": { resolved: "part", link: true },
      part: { version: "1.0.0" },
    },
  });
});

afterEach(() => rm(root, { recursive: true, force: true }));

const writeJson = (path: string, value: unknown) => writeFile(join(root, path), JSON.stringify(value));

async function install(): Promise<{ code: number; output: string }> {
  const script = join(root, "scripts", "install.mjs");
  const run = promisify(execFile)(process.execPath, [script], { cwd: root });
  return run.then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error) => ({ code: error.code, output: error.stdout + error.stderr }),
  );
}

const installedPart = () => readFile(join(root, "node_modules", "part", "package.json"), "utf8").then(JSON.parse);

test("what is missing is installed, and a second run has nothing to do", async () => {
  expect(await install()).toMatchObject({ code: 0, output: expect.stringContaining("packages installed") });
  expect(await installedPart()).toMatchObject({ name: "part" });
  expect(await install()).toEqual({ code: 0, output: "" });
});

test("half an install is made whole", async () => {
  await mkdir(join(root, "node_modules", "other"), { recursive: true });
  await install();
  expect(await installedPart()).toMatchObject({ name: "part" });
  await expect(stat(join(root, "node_modules", "other"))).rejects.toThrow("ENOENT");
});

test("a changed lock is followed", async () => {
  await install();
  await writeFile(join(root, "package-lock.json"), `${await readFile(join(root, "package-lock.json"), "utf8")}\n`);
  await rm(join(root, "node_modules", "part"));
  expect(await install()).toMatchObject({ code: 0 });
  expect(await installedPart()).toMatchObject({ name: "part" });
});

test("a failure is one line with npm's reason and where the log is", async () => {
  await writeJson("package.json", {
    name: "whole",
    version: "1.0.0",
    dependencies: { part: "file:part", more: "1.0.0" },
  });
  const { code, output } = await install();
  expect(code).toBe(1);
  expect(output.trim().split("\n").at(-1)).toMatch(
    /✗ the packages could not be installed: code \w+; .* \(log: .*install\.log\)$/,
  );
});

test("a package of Node whose command npm left out is linked", async () => {
  await install();
  await mkdir(join(root, "node_modules", "node-here", "bin"), { recursive: true });
  await cp(process.execPath, join(root, "node_modules", "node-here", "bin", "node"));
  await writeJson("package.json", { name: "whole", version: "1.0.0", optionalDependencies: { "node-here": "1.0.0" } });
  expect(await install()).toMatchObject({ code: 0 });
  const own = join(root, "node_modules", ".bin", "node");
  const { stdout } = await promisify(execFile)(own, ["--version"]);
  expect(stdout.trim()).toBe(process.version);
});
