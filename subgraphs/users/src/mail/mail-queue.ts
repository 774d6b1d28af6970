import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "@tareas/service-kit/log";
import { within } from "@tareas/service-kit/within";
import type { Mail, MailTransport } from "./mail.ts";

const retryAfterMs = [1_000, 5_000, 30_000];
const mostAtOnce = 4;
const mostWaiting = 500;
const patienceAtEndMs = 8_000;

/**
 * Mails on their way. Nobody waits for one: each is tried up to four times within about a minute, then given up. So many
 * at once, and so many waiting, are all that a slow mail server can hold; more are dropped, and the log says so.
 */
export class MailQueue implements AsyncDisposable {
  readonly #transport: MailTransport | undefined;
  readonly #log: Log;
  readonly #waiting: Mail[] = [];
  readonly #sending = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  /** Without a transport every mail is dropped. */
  constructor(transport: MailTransport | undefined, log: Log) {
    this.#transport = transport;
    this.#log = log;
  }

  /** Takes a mail to send; returns at once. */
  post(mail: Mail): void {
    const { subject } = mail;
    if (!this.#transport) this.#log.warn({ subject }, "a mail is dropped: MAIL_URL is not set");
    else if (this.#waiting.length >= mostWaiting) this.#log.error({ subject }, "a mail is dropped: too many wait");
    else {
      this.#waiting.push(mail);
      this.#sendNext(this.#transport);
    }
  }

  /** Gives what is on its way one last try and some seconds; what is left then is lost, and the log says so. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    if (await within(patienceAtEndMs, this.#emptied())) return;
    const lost = this.#waiting.length + this.#sending.size;
    this.#log.error({ lost }, "mails are lost: they could not be sent before the end");
  }

  async #emptied(): Promise<void> {
    while (this.#sending.size > 0) await Promise.all(this.#sending);
  }

  #sendNext(transport: MailTransport): void {
    if (this.#sending.size >= mostAtOnce) return;
    const mail = this.#waiting.shift();
    if (!mail) return;
    const sending = this.#deliver(mail, transport).finally(() => {
      this.#sending.delete(sending);
      this.#sendNext(transport);
    });
    this.#sending.add(sending);
  }

  async #deliver(mail: Mail, transport: MailTransport): Promise<void> {
    for (const [index, waitMs] of [...retryAfterMs, undefined].entries()) {
      try {
        const sent = await transport.send(mail);
        this.#log.info({ subject: mail.subject, ...sent }, "mail sent");
        return;
      } catch (error) {
        const isFinal = waitMs === undefined || isRefusal(error) || this.#closing.signal.aborted;
        this.#log[isFinal ? "error" : "warn"](
          { subject: mail.subject, attempt: index + 1, ...reasonOf(error) },
          isFinal ? "a mail could not be sent" : "a mail could not be sent yet",
        );
        if (isFinal) return;
        // Once we close, it is now or never.
        await delay(waitMs, undefined, { signal: this.#closing.signal, ref: false }).catch(() => {});
      }
    }
  }
}

interface SmtpError {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/** A permanent refusal (RFC 5321, 4.2.1): another try would be refused too. */
const isRefusal = (error: unknown) => ((error as SmtpError).responseCode ?? 0) >= 500;

/** What the log may know of a failure: not the server's words, which can hold the address or the message. */
function reasonOf(error: unknown): SmtpError {
  const { code = (error as Error).name, responseCode, command } = error as SmtpError;
  return { code, ...(responseCode !== undefined && { responseCode }), ...(command !== undefined && { command }) };
}
