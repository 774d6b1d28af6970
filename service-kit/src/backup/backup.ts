import { createLog } from "../log.ts";
import { runTool } from "../run-tool.ts";
import { readSettings } from "../settings.ts";
import { backupSettings } from "./backup-settings.ts";
import { takeBackup } from "./take-backup.ts";

// Backs up the databases, while they are written to, into a new folder of BACKUP_DIR.
await runTool(() => takeBackup(readSettings(backupSettings, process.env), createLog("backup", "info")));
