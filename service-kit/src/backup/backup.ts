import { createLog } from "../log.ts";
import { readSettings, StartError } from "../settings.ts";
import { backupSettings } from "./backup-settings.ts";
import { takeBackup } from "./take-backup.ts";

// Backs up the databases, while they are written to, into a new folder of BACKUP_DIR.
try {
  await takeBackup(readSettings(backupSettings, process.env), createLog("backup", "info"));
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
