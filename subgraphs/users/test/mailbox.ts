import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const resetToken = /\btpr_[A-Za-z0-9_-]{43}\b/;

/** The token in a mail about a password reset. Throws when there is none. */
export function tokenOf({ text = "" }: ParsedMail): string {
  const token = resetToken.exec(text)?.[0];
  if (!token) throw new Error(`there is no token in: ${text}`);
  return token;
}

/** Whom a mail is for. */
export const recipientsOf = ({ to }: ParsedMail): (string | undefined)[] =>
  [to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address));

/** The mails in a folder of .eml files, the oldest first. */
export async function readMailFolder(folder: string): Promise<ParsedMail[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".eml")).sort();
  return Promise.all(names.map(async (name) => simpleParser(await readFile(join(folder, name)))));
}

/** The permissions of the files in a folder. */
export const modesIn = async (folder: string): Promise<number[]> =>
  Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).mode & 0o777));

/** Waits until there are so many mails for an address in a folder, and returns them. */
export const mailsTo = (folder: string, address: string, count = 1): Promise<ParsedMail[]> =>
  waitUntil(
    async () => {
      const mails = (await readMailFolder(folder)).filter((mail) => recipientsOf(mail).includes(address));
      return mails.length >= count && mails;
    },
    { timeoutMs: 10_000, what: `${count} mails for ${address}` },
  );

/** How a mail server takes the n-th mail: as it should, with an SMTP error of this code, or never. */
type Manners = (index: number) => "accept" | "hang" | number;

interface Delivered {
  readonly raw: string;
  readonly mail: ParsedMail;
  /** Whom the envelope names. */
  readonly recipients: readonly string[];
}

/** A real SMTP server on this machine. */
export class MailServer implements AsyncDisposable {
  readonly url: string;
  readonly delivered: Delivered[] = [];
  /** How many mails were begun, whatever became of them. */
  attempts = 0;
  readonly #server: SMTPServer;

  private constructor(server: SMTPServer, port: number) {
    this.#server = server;
    this.url = `smtp://127.0.0.1:${port}`;
  }

  static async start(manners: Manners = () => "accept"): Promise<MailServer> {
    const started: { mailbox?: MailServer } = {};
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      closeTimeout: 100,
      onData(stream, { envelope }, callback) {
        const { mailbox } = started;
        if (!mailbox) return;
        const manner = manners(mailbox.attempts++);
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", async () => {
          if (manner === "hang") return;
          if (manner !== "accept") {
            callback(Object.assign(new Error("not now"), { responseCode: manner }));
            return;
          }
          const raw = Buffer.concat(chunks).toString();
          const recipients = envelope.rcptTo.map(({ address }) => address);
          mailbox.delivered.push({ raw, mail: await simpleParser(raw), recipients });
          callback();
        });
      },
    });
    server.on("error", () => {}); // clients that go away in the midst
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.server.address();
    if (typeof address !== "object" || address === null) throw new Error("the mail server has no port");
    started.mailbox = new MailServer(server, address.port);
    return started.mailbox;
  }

  /** Waits until there are so many mails for an address, and returns them. */
  deliveredTo(address: string, count = 1): Promise<Delivered[]> {
    return waitUntil(
      () => {
        const mails = this.delivered.filter(({ recipients }) => recipients.includes(address));
        return mails.length >= count && mails;
      },
      { timeoutMs: 15_000, what: `${count} mails for ${address}` },
    );
  }

  /** Waits until so many mails were begun. */
  attempted(count: number): Promise<boolean> {
    return waitUntil(() => this.attempts >= count, { timeoutMs: 15_000, what: `${count} mails to be begun` });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }
}
