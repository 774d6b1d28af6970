import { z } from "zod";
import { count, mongodbUri, text } from "../settings.ts";

const list = (fallback: string) =>
  text(fallback).transform((value) =>
    value
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== ""),
  );

const shared = {
  /** Of a user with the roles `backup` and, to restore, `restore`. */
  MONGODB_BACKUP_URI: mongodbUri(),
  /** Where backups lie, each in a folder of its own. */
  BACKUP_DIR: text("backups"),
};

export const backupSettings = {
  ...shared,
  /** The databases that belong together. */
  BACKUP_DATABASES: list("users,tasks"),
  /** How many backups stay; older ones are deleted when another is complete. */
  BACKUP_KEEP: count(14),
};

export type BackupSettings = z.output<z.ZodObject<typeof backupSettings>>;

export const restoreSettings = {
  ...shared,
  /** Which of them: "tareas-2026-11-28T03-17-00Z". Default: the newest. */
  RESTORE_FROM: z.string().optional(),
  /** Collections that stay empty: "users.sessions". */
  RESTORE_WITHOUT: list(""),
};

export type RestoreSettings = z.output<z.ZodObject<typeof restoreSettings>>;
