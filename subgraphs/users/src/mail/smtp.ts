import nodemailer from "nodemailer";
import type { MailTransport } from "./mail.ts";
import { messageOf } from "./message.ts";

// A server that does not answer holds up one mail for so long, and nothing else.
const timeouts = { dnsTimeout: 5_000, connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 };

/** Sends by SMTP, or by SMTP over TLS for smtps://, on a connection for each mail. */
export function smtpTransport(url: string, from: string): MailTransport {
  const transport = nodemailer.createTransport({ url, ...timeouts });
  return {
    async send(mail) {
      const { messageId } = await transport.sendMail(messageOf(mail, from));
      return { messageId };
    },
  };
}
