import { readFileSync } from "node:fs";
import { join } from "node:path";

const dockerfile = readFileSync(join(import.meta.dirname, "../../../Dockerfile"), "utf8");
const [, stage = ""] = dockerfile.split(/^FROM .+ AS server$/m);
const [, line = ""] = /^ENV (.+)$/m.exec(stage) ?? [];

/** What the images of the servers set. */
export const imageEnvironment: Readonly<Record<string, string>> = Object.fromEntries(
  line.split(" ").map((setting) => setting.split("=")),
);
