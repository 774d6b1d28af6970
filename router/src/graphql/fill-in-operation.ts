import { graphqlPath } from "@tareas/service-kit/http/admission/priority";
import type { FastifyRequest } from "fastify";
import { isRecord } from "../is-record.ts";
import type { NamedOperation, PersistedQueries } from "./persisted-queries.ts";

type Fields = Readonly<Record<string, unknown>>;

const textIfAny = (value: unknown) => (typeof value === "string" ? value : undefined);

/**
 * Gives a request whose operation is known by its hash (Apollo's automatic persisted queries) the text of it, so that from
 * here on it is as if the text had been sent. What is no well-formed request is left as it is: Apollo Server refuses it.
 * Throws what {@link PersistedQueries.textOf} throws.
 */
export function fillInOperation(request: FastifyRequest, persistedQueries: PersistedQueries): void {
  if (request.method === "GET") fillInAddress(request, persistedQueries);
  else if (isRecord(request.body)) request.body = filledIn(request.body, persistedQueries);
}

/** A body with the text in it, or as it was. Anything but a text or nothing in the place of one is refused later. */
function filledIn(body: Fields, persistedQueries: PersistedQueries): Fields {
  const { query, extensions } = body;
  if (query && typeof query !== "string") return body;
  const text = persistedQueries.textOf(named(textIfAny(query), extensions));
  return text === undefined ? body : { ...body, query: text, extensions: withoutPersistedQuery(extensions as Fields) };
}

function fillInAddress(request: FastifyRequest, persistedQueries: PersistedQueries): void {
  const { searchParams } = new URL(request.url, "http://router");
  const extensions = parsed(searchParams.get("extensions"));
  const text = persistedQueries.textOf(named(searchParams.get("query") ?? undefined, extensions));
  if (text === undefined) return;
  searchParams.set("query", text);
  searchParams.set("extensions", JSON.stringify(withoutPersistedQuery(extensions as Fields)));
  request.raw.url = `${graphqlPath}?${searchParams}`;
}

function named(query: string | undefined, extensions: unknown): NamedOperation {
  const persisted = isRecord(extensions) ? extensions.persistedQuery : undefined;
  const sha256Hash = isRecord(persisted) && persisted.version === 1 ? textIfAny(persisted.sha256Hash) : undefined;
  return { query, sha256Hash };
}

const withoutPersistedQuery = ({ persistedQuery: _, ...others }: Fields): Fields => others;

function parsed(json: string | null): unknown {
  try {
    return json === null ? undefined : JSON.parse(json);
  } catch {
    return undefined; // Apollo Server says it
  }
}
