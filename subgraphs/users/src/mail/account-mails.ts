import type { Mail } from "./mail.ts";
import type { MailQueue } from "./mail-queue.ts";

interface Recipient {
  readonly email?: string | undefined;
}

interface MailOptions {
  /** Where people find the product: "https://tareas.example". */
  readonly publicUrl: string;
  readonly resetTokenTtlMinutes: number;
}

/**
 * What the product writes to people, in Spanish and in English: who asks for a mail may be somebody else, so that their
 * language says nothing. Nothing that anybody chose stands in it, no name either: a name could be another's advertisement.
 */
export class AccountMails {
  readonly #queue: MailQueue;
  readonly #options: MailOptions;

  constructor(queue: MailQueue, options: MailOptions) {
    this.#queue = queue;
    this.#options = options;
  }

  /** The token, and a link that holds it in its fragment: no server's log ever sees that. */
  passwordReset({ email }: Recipient, token: string): void {
    const { publicUrl, resetTokenTtlMinutes: minutes } = this.#options;
    const link = `${publicUrl}/reset-password#token=${token}`;
    this.#post(email, "Tareas: restablecer la contraseña / reset your password", [
      `Alguien, seguramente tú, pidió una contraseña nueva para tu cuenta. Con este enlace la eliges; vale ${minutes} minutos y una sola vez:`,
      link,
      "Si no fuiste tú, no hagas nada: tu contraseña sigue siendo la misma.",
      `Somebody, probably you, asked for a new password for your account. Choose it by the link above; it works for ${minutes} minutes, and once.`,
      "If it was not you, do nothing: your password stays as it is.",
      `Código para programas / code for programs: ${token}`,
    ]);
  }

  passwordChanged({ email }: Recipient): void {
    const { publicUrl } = this.#options;
    this.#post(email, "Tareas: tu contraseña ha cambiado / your password was changed", [
      "La contraseña de tu cuenta acaba de cambiar, y las demás sesiones se han cerrado.",
      "Si no fuiste tú, otra persona puede entrar: pide ahora una contraseña nueva para esta dirección en",
      publicUrl,
      "The password of your account was just changed, and all other sessions have ended.",
      "If it was not you, somebody else can get in: ask for a new password for this address there, now.",
    ]);
  }

  /** To the address that the account had until now: who lost it to somebody else learns it here, or nowhere. */
  emailChanged({ email }: Recipient): void {
    this.#post(email, "Tareas: el correo de tu cuenta ha cambiado / the e-mail address of your account was changed", [
      "Tu cuenta ya no usa esta dirección de correo: se acaba de cambiar con su contraseña.",
      "Si no fuiste tú, otra persona la conoce: cámbiala donde tengas la sesión abierta, y revisa la dirección, en",
      this.#options.publicUrl,
      "Your account does not use this e-mail address any more: it was just changed, with the password.",
      "If it was not you, somebody else knows that: change it there, wherever you are still signed in, and look at the address.",
    ]);
  }

  #post(to: string | undefined, subject: string, paragraphs: readonly string[]): void {
    if (to === undefined) return;
    const mail: Mail = { to, subject, text: `${paragraphs.join("\n\n")}\n`, html: htmlOf(paragraphs) };
    this.#queue.post(mail);
  }
}

const isLink = (paragraph: string) => /^https?:\/\/\S+$/.test(paragraph);

function htmlOf(paragraphs: readonly string[]): string {
  const lines = paragraphs
    .map(escapeHtml)
    .map((text) => `<p>${isLink(text) ? `<a href="${text}">${text}</a>` : text}</p>`);
  return `<!doctype html>\n<html lang="es"><head><meta charset="utf-8"></head><body>\n${lines.join("\n")}\n</body></html>\n`;
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
