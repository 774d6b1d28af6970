import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Advisory, type AuditReport, type Exception, unexplained } from "./audit-report.ts";

// Asks the registry for known holes in what production runs (`npm audit` on the lock file). Exits with 1 when there is one
// of moderate severity or worse that scripts/audit-exceptions.json does not explain, or an explanation that has run out
// of holes. A registry that can't be asked fails nothing: what it says changes without us, and so does whether it answers.

const root = join(import.meta.dirname, "..");
const timeoutMs = 30_000;

interface Answer {
  readonly vulnerabilities?: AuditReport;
  /** Why there is no answer. */
  readonly message?: string;
  readonly error?: { readonly summary?: string };
}

function askRegistry(): Promise<Answer> {
  const args = ["audit", "--json", "--omit=dev", "--package-lock-only"];
  return new Promise((resolve) => {
    // npm exits with 1 when there are holes, and when there is no answer: what it prints tells them apart.
    execFile("npm", args, { cwd: root, timeout: timeoutMs, maxBuffer: 1e8 }, (error, stdout) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        resolve({ message: error?.message ?? "what npm printed is no JSON" });
      }
    });
  });
}

const lineOf = ({ name, severity, url, title }: Advisory) => `${name} (${severity}): ${title} ${url}`;

const exceptions = JSON.parse(readFileSync(join(root, "scripts/audit-exceptions.json"), "utf8")) as Exception[];
const { vulnerabilities, message, error } = await askRegistry();
if (vulnerabilities === undefined) {
  const [reason] = (message ?? error?.summary ?? "it does not say why").split("\n");
  console.log(`the registry gave no answer (${reason}): dependencies were not checked`);
} else {
  const { holes, needless } = unexplained(vulnerabilities, exceptions);
  for (const hole of holes) console.error(lineOf(hole));
  for (const { advisory } of needless) console.error(`${advisory} is explained, and no longer found: remove it.`);
  if (holes.length + needless.length > 0) process.exitCode = 1;
}
