/** A message to one person. */
export interface Mail {
  /** One address and nothing else: no name, no list. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Gets a message out of the house. Throws when that fails; resolves to what is worth a log line. */
export interface MailTransport {
  send(mail: Mail): Promise<Readonly<Record<string, string>>>;
}
