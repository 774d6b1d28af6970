import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Circumstances, circumstancesOf } from "../router/report/report.ts";
import { verdictTable } from "../router/report/tables.ts";
import type { Verdict } from "../router/verdict.ts";
import { inColumns, inMarkdown } from "../table.ts";
import { figuresTable, ratiosTable } from "./tables.ts";
import type { Turn } from "./turn.ts";
import { workloads } from "./workloads.ts";

/** All that is told of a run. */
export interface Report extends Circumstances {
  readonly versions: { readonly mongodb: string; readonly express: string };
  readonly turns: readonly Turn[];
  readonly verdicts: readonly Verdict[];
}

const lineOf = (report: Report) =>
  `${circumstancesOf(report)}, MongoDB ${report.versions.mongodb}, Express ${report.versions.express}`;

export function printReport(report: Report): void {
  const { turns, verdicts } = report;
  for (const table of [figuresTable(turns), ratiosTable(turns), verdictTable(verdicts)])
    console.log(`\n${inColumns(table)}`);
  console.log(`\n${lineOf(report)}`);
}

/** Writes a page into `performance/` in a folder, and all figures beside it. */
export async function writeReport(report: Report, out: string): Promise<void> {
  const folder = join(out, "performance");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "whole-product.json"), `${JSON.stringify(report, null, 1)}\n`);
  await writeFile(join(folder, "whole-product.md"), pageOf(report));
}

const intro = `# The speed of the whole product

The router and both subgraphs as in production, on a real MongoDB, with accounts of very different sizes; and beside them one process
of Express (\`bench/peers/express-service/\`) that does the same without federation. Express verifies the same tokens and asks the same
databases the same queries, by the same indexes, and has none of the product's limits, transactions, idempotency, revocations, metrics
or logs.

\`\`\`sh
npm run bench:whole             # all of it
npm run bench:whole -- --help   # other sizes, one workload, more rounds
\`\`\`

All accounts are in one collection: what is compared is the size of an account, not that of the database. Times are of one request
after the other. Throughput is that of sixteen requests on their way (four of those that sign in); "per core" is how many answers the
servers give for a second of one processor, by the kernel's account of their processes, and "with MongoDB" counts its work too.
Ratios are medians over the rounds, with the least and the most. **Absolute figures are this machine's**, and the load came from the
same processors.`;

function pageOf(report: Report): string {
  const { turns, verdicts } = report;
  const sections = [
    intro,
    `${lineOf(report)}.`,
    `## Verdict\n\n${inMarkdown(verdictTable(verdicts))}`,
    `## The product against Express\n\n${workloads.map(({ name, about }) => `- \`${name}\`: ${about}`).join("\n")}`,
    inMarkdown(ratiosTable(turns)),
    `## Absolute figures\n\n${inMarkdown(figuresTable(turns))}`,
    "All of them, round by round, are in [whole-product.json](whole-product.json).",
  ];
  return `${sections.join("\n\n")}\n`;
}
