// Installs the locked packages when node_modules does not hold them yet; with nothing to do it takes a few ms.
// It runs before the packages are there, on whatever Node the machine has: plain JavaScript, and nothing to import.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const oldestNode = 20;
const neededNode = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockFile = join(root, "package-lock.json");
const modules = join(root, "node_modules");
const stampFile = join(modules, ".installed.json");
const logFile = join(root, ".data", "logs", "install.log");

if (major(process.versions.node) < oldestNode) {
  fail(`Node ${process.versions.node} is too old: install Node ${oldestNode} or later from https://nodejs.org`);
}
const stamp = JSON.stringify({ lock: hash(lockFile), platform: process.platform, arch: process.arch });
if (!isStamped()) await install();
linkNode();

async function install() {
  // What was installed by hand, with `npm install` or `npm ci`, may be just what the lock asks for.
  if (!holdsTheLock()) await runNpm();
  linkNode();
  checkNode();
  writeFileSync(stampFile, stamp);
}

function isStamped() {
  return read(stampFile) === stamp;
}

/** Whether npm's own record of what it installed agrees with the lock; npm writes it last, so half an install has none. */
function holdsTheLock() {
  const installed = parse(read(join(modules, ".package-lock.json")));
  const locked = parse(read(lockFile));
  if (!installed || !locked) return false;
  return Object.entries(locked.packages).every(([path, wanted]) => {
    if (path === "" || !path.includes("node_modules/")) return true;
    const has = installed.packages[path];
    if (!has) return wanted.optional === true;
    return has.version === wanted.version && existsSync(join(root, path));
  });
}

async function runNpm() {
  mkdirSync(dirname(logFile), { recursive: true });
  rmSync(stampFile, { force: true });
  const startedAt = Date.now();
  const progress = showProgress(startedAt);
  const code = await npm(["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"]);
  progress.end();
  if (code !== 0)
    fail(`the packages could not be installed: ${npmsReason()} (log: ${relative(process.cwd(), logFile)})`);
  console.log(`  ✓ packages installed  ${seconds(startedAt)}`);
}

/** Resolves to npm's exit code; everything that it says goes to the log. */
function npm(args) {
  const log = createWriteStream(logFile);
  // The npm that runs us, with the Node that runs it; else the one on PATH.
  const { npm_execpath: cli, npm_node_execpath: node = process.execPath } = process.env;
  const isScript = cli !== undefined && /\.[cm]?js$/.test(cli) && /npm-cli/.test(cli);
  const [command, first] = isScript ? [node, [cli]] : ["npm", []];
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.once("error", (error) => {
      log.write(`npm error ${error.message}\n`);
      log.end(() => resolve(1));
    });
    child.once("close", (code) => log.end(() => resolve(code ?? 1)));
  });
}

function showProgress(startedAt) {
  const text = "installing the packages";
  const isTerminal = process.stdout.isTTY === true;
  if (!isTerminal) console.log(`  … ${text}`);
  const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
  let ticks = 0;
  const tick = () => {
    if (isTerminal)
      process.stdout.write(`\r\u001b[K  ${frames[ticks++ % frames.length]} ${text}  ${seconds(startedAt)}`);
    else console.log(`  … ${text}  ${seconds(startedAt)}`);
  };
  const timer = setInterval(tick, isTerminal ? 100 : 10_000);
  return {
    end() {
      clearInterval(timer);
      if (isTerminal) process.stdout.write("\r\u001b[K");
    },
  };
}

/** The lines by which npm says why, without its advice on where to read more. */
function npmsReason() {
  const lines = (read(logFile) ?? "").split("\n").filter((line) => /^npm (error|ERR!)/.test(line));
  const said = lines.map((line) => line.replace(/^npm (error|ERR!)\s*/, "").trim());
  const useful = said.filter(
    (line) => /\w/.test(line) && !/^(A complete log|Log files|errno|syscall|path |at |code: )/.test(line),
  );
  return useful.slice(0, 3).join("; ") || "npm gave no reason";
}

/**
 * The packages of Node for all systems have the same command, `node`. npm 10 removes it again along with those that are
 * for other systems, so that node_modules/.bin/node is missing although our own package of Node is there.
 */
function linkNode() {
  const own = join(modules, ".bin", "node");
  if (process.platform === "win32" || existsSync(own)) return;
  const { optionalDependencies = {} } = parse(read(join(root, "package.json"))) ?? {};
  const name = Object.keys(optionalDependencies).find((one) => existsSync(join(modules, one, "bin", "node")));
  if (name === undefined) return;
  rmSync(own, { force: true });
  mkdirSync(dirname(own), { recursive: true });
  symlinkSync(join("..", name, "bin", "node"), own);
}

/** npm scripts find node_modules/.bin/node first: the servers need it to be 24 or later. */
function checkNode() {
  const own = join(modules, ".bin", "node");
  const node = existsSync(own) ? own : process.execPath;
  const { stdout, stderr, error } = spawnSync(node, ["--version"], { encoding: "utf8" });
  const version = /^v(\d+\.\d+\.\d+)/.exec(stdout ?? "")?.[1];
  if (version !== undefined && major(version) >= neededNode) return;
  const system = `${process.platform}-${process.arch}`;
  const found = version ?? (stderr || error?.message || "it does not run").trim().split("\n")[0];
  fail(
    node === own
      ? `the Node that npm installed in ${relative(process.cwd(), own)} cannot be used here (${found}): ` +
          `install Node ${neededNode} or later from https://nodejs.org, and delete that file`
      : `Node ${neededNode} or later is needed (this is ${found}), and npm has no package of it for ${system}: ` +
          "install it from https://nodejs.org",
  );
}

function fail(message) {
  console.error(`  ✗ ${message}`);
  process.exit(1);
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function parse(json) {
  try {
    return JSON.parse(json ?? "");
  } catch {
    return undefined;
  }
}

function hash(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function major(version) {
  return Number.parseInt(version, 10);
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(0)} s`;
}
