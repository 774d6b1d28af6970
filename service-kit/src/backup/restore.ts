import { createLog } from "../log.ts";
import { runTool } from "../run-tool.ts";
import { readSettings } from "../settings.ts";
import { restoreSettings } from "./backup-settings.ts";
import { restoreBackup } from "./restore-backup.ts";

// Puts a backup of BACKUP_DIR, the newest unless RESTORE_FROM names another, into an empty MongoDB. No server may run meanwhile.
await runTool(() => restoreBackup(readSettings(restoreSettings, process.env), createLog("restore", "info")));
