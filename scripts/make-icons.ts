/**
 * Draws the app's icons from client/public/icon.svg, for systems that take no SVG: `node scripts/make-icons.ts`.
 * What it draws is committed; it only has to run again when the drawing changes.
 */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { findChromium } from "./find-chromium.ts";

const folder = join(import.meta.dirname, "../client/public");
const drawing = await readFile(join(folder, "icon.svg"), "utf8");
// Systems cut these to a shape of their own, a circle at the least: the ground goes to the edges, and the mark, which
// stays within four fifths of the width, is whole in every shape (https://www.w3.org/TR/appmanifest/#icon-masks).
const withoutCorners = drawing.replace(/ rx="\d+"/, "");

const icons = [
  { file: "icon-192.png", size: 192, svg: drawing },
  { file: "icon-512.png", size: 512, svg: drawing },
  { file: "maskable-512.png", size: 512, svg: withoutCorners },
  { file: "apple-touch-icon.png", size: 180, svg: withoutCorners },
];

const executablePath = await findChromium(console.log);
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ args, ...(executablePath !== undefined && { executablePath }) });
try {
  await mkdir(join(folder, "icons"), { recursive: true });
  for (const { file, size, svg } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
    await page.screenshot({ path: join(folder, "icons", file), omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
