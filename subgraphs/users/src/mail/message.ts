import { z } from "zod";
import type { Mail } from "./mail.ts";

const isAddress = (text: string) => z.regexes.email.test(text);

/**
 * What nodemailer makes a message of (RFC 5322). The envelope (RFC 5321) is said outright, and addresses are never parsed
 * out of text. Throws for anything but a plain address, so that no line break or second address gets into a header.
 */
export function messageOf({ to, subject, text, html }: Mail, from: string) {
  if (!isAddress(to)) throw new TypeError("A mail goes to one plain address.");
  return {
    from: { name: "Tareas", address: from },
    to: { name: "", address: to },
    envelope: { from, to: [to] },
    subject,
    text,
    html,
    // No out-of-office answers (RFC 3834), and nothing is fetched on the way.
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
