/**
 * Downloads MongoDB's own build for this system into the folder given as argument, and prints lines of JSON: first
 * `{"current":…,"length":…}` in bytes, again and again, at last `{"path":…}`.
 * A process of its own, because mongodb-memory-server takes its settings from the environment of the process.
 */
import { DryMongoBinary } from "mongodb-memory-server-core/lib/util/DryMongoBinary.js";
import { MongoBinaryDownload } from "mongodb-memory-server-core/lib/util/MongoBinaryDownload.js";

class Download extends MongoBinaryDownload {
  override printDownloadProgress(chunk: { length: number }, forcePrint = false): void {
    this.dlProgress.current += chunk.length;
    const now = Date.now();
    if (!forcePrint && now - this.dlProgress.lastPrintedAt < 500) return;
    this.dlProgress.lastPrintedAt = now;
    console.log(JSON.stringify({ current: this.dlProgress.current, length: this.dlProgress.length }));
  }
}

const [downloadDir, version] = process.argv.slice(2);
if (downloadDir === undefined || version === undefined) throw new Error("usage: download-process <folder> <version>");

try {
  const options = await DryMongoBinary.generateOptions({ version });
  const path = await new Download({ ...options, downloadDir, checkMD5: true }).getMongodPath();
  console.log(JSON.stringify({ path }));
} catch (error) {
  console.error((error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, " "));
  process.exit(1);
}
