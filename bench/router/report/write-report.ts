import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inColumns } from "../../table.ts";
import { pageOf } from "./page.ts";
import { picturesOf } from "./pictures.ts";
import type { Report } from "./report.ts";
import { latencyTable, lifeTable, saturationTable, verdictTable } from "./tables.ts";

/** Writes `performance.md` into a folder, and the pictures and all figures into `performance/` beside it. */
export async function writeReport(report: Report, folder: string): Promise<void> {
  const files = {
    "performance.md": pageOf(report),
    "performance/figures.json": `${JSON.stringify(report, null, 1)}\n`,
    ...Object.fromEntries(Object.entries(picturesOf(report)).map(([name, svg]) => [`performance/${name}`, `${svg}\n`])),
  };
  await mkdir(join(folder, "performance"), { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
}

export function printReport({ rows, latencies, lives, verdicts }: Report): void {
  for (const table of [saturationTable(rows), latencyTable(latencies), lifeTable(lives), verdictTable(verdicts)])
    if (table.rows.length > 0) console.log(`\n${inColumns(table)}`);
}
