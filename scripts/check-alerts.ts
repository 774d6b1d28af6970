import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { findPromtool } from "./find-promtool.ts";

// Whether the alert rules are well formed, fire when they should, and stay silent when they should.

const cwd = join(import.meta.dirname, "../containers/prometheus");
const promtool = await findPromtool(console.log);
if (promtool) {
  const run = promisify(execFile);
  const checks = [
    ["check", "rules", "alerts.yml"],
    ["test", "rules", "alerts.test.yml"],
  ];
  for (const check of checks) {
    await run(promtool, check, { cwd }).catch(({ stdout, stderr }) => {
      console.log(`promtool ${check.join(" ")}:\n${stdout}${stderr}`);
      process.exit(1);
    });
  }
} else {
  console.log("    NOT CHECKED: there is no promtool here. Install Prometheus, or set PROMTOOL_PATH.");
}
