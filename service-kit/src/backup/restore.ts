import { createLog } from "../log.ts";
import { readSettings, StartError } from "../settings.ts";
import { restoreSettings } from "./backup-settings.ts";
import { restoreBackup } from "./restore-backup.ts";

// Puts a backup of BACKUP_DIR, the newest unless RESTORE_FROM names another, into an empty MongoDB. No server may run meanwhile.
try {
  await restoreBackup(readSettings(restoreSettings, process.env), createLog("restore", "info"));
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
