import type { FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";

const mostAccepts = 100;
const longestAccept = 200;

/** Which media type Apollo Server chooses by a request's Accept header (RFC 9110, 12.5.1), as it was seen to. */
export class ContentTypes {
  readonly #known = new LRUCache<string, string>({ max: mostAccepts });

  /** Undefined until Apollo Server has answered a request with such a header. */
  get({ headers: { accept = "" } }: FastifyRequest): string | undefined {
    return this.#known.get(accept);
  }

  learn({ method, headers: { accept = "" } }: FastifyRequest, reply: FastifyReply): void {
    const contentType = reply.getHeader("content-type");
    if (
      method === "POST" &&
      reply.statusCode === 200 &&
      typeof contentType === "string" &&
      accept.length <= longestAccept
    )
      this.#known.set(accept, contentType);
  }
}
