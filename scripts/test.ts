/**
 * `npm test`: everything that has to hold. `--quick` leaves out the integration and browser tests, `--containers` adds those
 * of the product in containers, where there can be any; other arguments go to vitest, and then there are no browser tests.
 * The last line is always `N passed, N failed`, where a step counts as one and a test as one.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countBrowserTests, countTests, notTried, reportTo, type Tally } from "./count-tests.ts";
import { findKustomize } from "./find-kustomize.ts";

interface Step {
  name: string;
  command: string[];
  /** Whether what it prints is worth reading when all is well. */
  speaks?: boolean;
}

const root = join(import.meta.dirname, "..");
const bin = (name: string) => join(root, "node_modules", ".bin", name);
const steps: Step[] = [
  { name: "format, lint and import arrows", command: [bin("biome"), "ci", "--colors=off", "."] },
  { name: "types", command: [bin("tsc"), "--noEmit", "-p", "tsconfig.json"] },
  { name: "types of the web app", command: [bin("tsc"), "--noEmit", "-p", "client/tsconfig.json"] },
  { name: "generated files are current", command: [process.execPath, "scripts/generate.ts", "--check"] },
];
/** Not of `--quick`: they ask for what is elsewhere, which takes its time. */
const slowSteps: Step[] = [
  { name: "dependencies have no known holes", command: [process.execPath, "scripts/audit.ts"], speaks: true },
  { name: "alerts fire, and stay silent", command: [process.execPath, "scripts/check-alerts.ts"], speaks: true },
];

/** Five experiments of the chaos lab, one after the other, with nothing beside them. */
const chaos: Step = {
  name: "the chaos lab, in short",
  command: [process.execPath, "chaos/main.ts", "--short"],
  speaks: true,
};

// Ctrl-C reaches the children too: they end, and we say what had been found by then.
process.on("SIGINT", () => {});

const isQuick = process.argv.includes("--quick");
const hasContainers = process.argv.includes("--containers");
const passedOn = process.argv.slice(2).filter((argument) => !["--quick", "--containers"].includes(argument));
const total: Tally = { passed: 0, failed: 0 };
for (const step of isQuick || passedOn.length > 0 ? steps : [...steps, ...slowSteps]) add(await runStep(step));
add(await runVitest());
if (!isQuick && passedOn.length === 0) {
  add(await runStep(chaos));
  add(await runBrowserTests());
}
if (hasContainers) add(await runContainerTests());
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`${total.passed} passed, ${total.failed} failed`);

function add({ passed, failed }: Tally): void {
  total.passed += passed;
  total.failed += failed;
}

async function runStep({ name, command, speaks = false }: Step): Promise<Tally> {
  const startedAt = performance.now();
  const { code, output } = await run(command, "capture");
  const took = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  console.log(`  ${code === 0 ? "✓" : "✗"} ${name}  ${took}`);
  if (output !== "" && (code !== 0 || speaks)) console.log(output.trimEnd());
  if (code === 0) return { passed: 1, failed: 0 };
  return { passed: 0, failed: 1 };
}

async function runVitest(): Promise<Tally> {
  const projects = [...(isQuick ? ["unit", "manifests"] : []), ...((await canRender()) ? [] : ["!manifests"])];
  const only = projects.map((name) => `--project=${name}`);
  return withReport(async (report) => {
    const { code } = await run(
      [bin("vitest"), "run", "--allowOnly=false", ...reportTo(report), ...only, ...passedOn],
      "show",
    );
    return countTests(report, { exitCode: code, maySkip: passedOn.length > 0 });
  });
}

async function canRender(): Promise<boolean> {
  if (await findKustomize((text) => console.log(`  … ${text}`))) return true;
  console.log("    NOT CHECKED: the manifests of k8s/ can't be rendered. Install kustomize 5, kubectl or Go.");
  return false;
}

async function runBrowserTests(): Promise<Tally> {
  return withReport(async (report) => {
    const { code } = await run([process.execPath, "scripts/browser-tests.ts", "--report", report], "show");
    return countBrowserTests(report, code);
  });
}

/** Last, and not at all when something has failed: they take a quarter of an hour, and would not change the verdict. */
async function runContainerTests(): Promise<Tally> {
  if (total.failed > 0) {
    console.log("CONTAINERS WERE NOT TESTED: something has failed before them");
    return { passed: 0, failed: 0 };
  }
  return withReport(async (report) => {
    const { code } = await run([process.execPath, "scripts/container-tests.ts", "--report", report], "show");
    return code === notTried ? { passed: 0, failed: 0 } : countTests(report, { exitCode: code, maySkip: false });
  });
}

/** Counts what tests write into a report, at the path that they are given. */
async function withReport(count: (path: string) => Promise<Tally>): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "tareas-report-"));
  try {
    return await count(join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command in the root; its output is shown as it comes, or kept for later. */
async function run([command = "", ...args]: string[], output: "show" | "capture") {
  const stdio = output === "show" ? "inherit" : "pipe";
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", stdio, stdio] });
  const { promise, resolve } = Promise.withResolvers<number>();
  let text = "";
  child.stdout?.on("data", (chunk) => {
    text += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    text += chunk;
  });
  child.once("error", (error) => {
    text += error.message;
    resolve(1);
  });
  child.once("close", (code) => resolve(code ?? 1));
  return { code: await promise, output: text };
}
