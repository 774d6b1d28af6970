import type { Log } from "@tareas/service-kit/log";
import { folderTransport } from "./folder.ts";
import type { MailTransport } from "./mail.ts";
import { MailQueue } from "./mail-queue.ts";
import { smtpTransport } from "./smtp.ts";

interface MailSettings {
  readonly MAIL_URL?: string | undefined;
  readonly MAIL_FROM: string;
  readonly MAIL_DIR: string;
  readonly NODE_ENV: string;
}

/** The way out for mail: SMTP if there is a server; else, in development, a folder; in production, none. */
export function openMailQueue(settings: MailSettings, log: Log): MailQueue {
  const transport = transportOf(settings);
  if (!transport) log.warn("MAIL_URL is not set: no mail is sent, so that nobody can reset a password");
  return new MailQueue(transport, log);
}

function transportOf({ MAIL_URL, MAIL_FROM, MAIL_DIR, NODE_ENV }: MailSettings): MailTransport | undefined {
  if (MAIL_URL !== undefined) return smtpTransport(MAIL_URL, MAIL_FROM);
  return NODE_ENV === "production" ? undefined : folderTransport(MAIL_DIR, MAIL_FROM);
}
