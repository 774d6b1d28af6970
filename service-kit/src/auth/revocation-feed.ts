import { z } from "zod";
import { FollowedDocument } from "../http/followed-document.ts";
import type { Log } from "../log.ts";
import { Revocations } from "./revocations.ts";
import { type ServiceTokens, serviceTokenHeader } from "./service-token.ts";

interface RevocationFeedOptions {
  /** Where the users subgraph tells of them. */
  readonly url: string;
  /** Where the last list is kept, so that a restart while users is down does not forget it. */
  readonly file: string;
  readonly everyMs: number;
  readonly services: ServiceTokens;
  readonly log: Log;
}

const feedSchema = z.object({
  revocations: z.array(z.object({ id: z.string(), until: z.number() })),
  /** What to ask for from next time: all that was recorded before is in here, or was before. */
  asOf: z.number(),
});

export type RevocationPage = z.output<typeof feedSchema>;

/** The revocations of the users subgraph, asked for every few seconds. While users is down, the last list stands. */
export class RevocationFeed implements Disposable {
  readonly #revocations = new Revocations();
  #asOf = 0;
  #document: FollowedDocument | undefined;

  private constructor() {}

  /** Reads the last list and begins to follow the feed; never waits for the users subgraph. */
  static async open({ url, file, everyMs, services, log }: RevocationFeedOptions): Promise<RevocationFeed> {
    const feed = new RevocationFeed();
    feed.#document = await FollowedDocument.open({
      ...{ what: "revocations", file, everyMs, log },
      url: () => `${url}?since=${feed.#asOf}`,
      headers: () => ({ [serviceTokenHeader]: services.issue("users") }),
      take: (document) => feed.#take(document),
    });
    return feed;
  }

  has(claims: { readonly sub: string; readonly sid: string }): boolean {
    return this.#revocations.has(claims);
  }

  [Symbol.dispose](): void {
    this.#document?.[Symbol.dispose]();
  }

  #take(document: unknown): RevocationPage | undefined {
    const { revocations, asOf } = feedSchema.parse(document);
    const isNew = revocations.some(({ id }) => !this.#revocations.has({ sub: id, sid: id }));
    this.#revocations.add(revocations);
    this.#asOf = asOf;
    return isNew ? { revocations: this.#revocations.entries(), asOf } : undefined;
  }
}
