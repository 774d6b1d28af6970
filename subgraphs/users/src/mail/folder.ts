import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writeDurably } from "@tareas/service-kit/secret-file";
import nodemailer from "nodemailer";
import type { MailTransport } from "./mail.ts";
import { messageOf } from "./message.ts";

/** Puts each mail into a folder as an .eml file that only its owner may read: for development, where nothing is sent. */
export function folderTransport(folder: string, from: string): MailTransport {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
  return {
    async send(mail) {
      const { message } = await transport.sendMail(messageOf(mail, from));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${new Date().toISOString().replaceAll(":", "-")}-${randomUUID().slice(0, 8)}.eml`);
      await writeDurably(file, message.toString());
      return { file };
    },
  };
}
