import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { renderJunit } from "./junit.ts";
import { renderMarkdown } from "./markdown.ts";
import { type PagePictures, renderPage } from "./page.ts";
import { drawRun } from "./picture.ts";
import { narrow, wide } from "./picture-layout.ts";
import type { Report } from "./report.ts";
import { runsOf } from "./standing.ts";
import { lastRun } from "./words.ts";

/** Writes index.html, report.md, report.json, junit.xml and pictures/<experiment>.svg into a folder, made if need be. */
export async function writeReport(report: Report, folder: string): Promise<void> {
  await mkdir(join(folder, "pictures"), { recursive: true });
  const pictures = drawAll(report);
  await Promise.all([
    writeFile(join(folder, "index.html"), renderPage(report, pictures)),
    writeFile(join(folder, "report.md"), renderMarkdown(report)),
    writeFile(join(folder, "report.json"), `${JSON.stringify(report)}\n`),
    writeFile(join(folder, "junit.xml"), renderJunit(report)),
    ...[...pictures].map(([name, { wide }]) => writeFile(join(folder, "pictures", `${name}.svg`), wide)),
  ]);
}

/** Of the last run of each experiment that has one. */
function drawAll(report: Report): Map<string, PagePictures> {
  const pictures = new Map<string, PagePictures>();
  for (const { name } of report.experiments) {
    const last = lastRun(runsOf(report, name));
    if (last) pictures.set(name, { wide: drawRun(last, wide), narrow: drawRun(last, narrow) });
  }
  return pictures;
}
