import { GraphQLError, GraphQLScalarType, Kind } from "graphql";

const fullDate = /^\d{4}-\d{2}-\d{2}$/;

function parseDate(value: unknown): string {
  if (typeof value === "string" && fullDate.test(value)) {
    const parsed = new Date(`${value}T00:00:00Z`);
    if (!Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value)) return value;
  }
  throw new GraphQLError("A Date has to be a calendar day such as 2026-11-24.");
}

/** A calendar day without a time zone (RFC 3339 full-date), kept as its text so that it sorts and never shifts. */
export const DateScalar = new GraphQLScalarType<string, string>({
  name: "Date",
  serialize: String,
  parseValue: parseDate,
  parseLiteral: (node) => parseDate(node.kind === Kind.STRING ? node.value : undefined),
});

/** A moment (RFC 3339, UTC, milliseconds). It is only ever sent, never taken. */
export const DateTimeScalar = new GraphQLScalarType<never, string>({
  name: "DateTime",
  serialize: (value) => (value as Date).toISOString(),
});

/** Any JSON value, for what has no fixed form. It is only ever sent, never taken. */
export const JsonScalar = new GraphQLScalarType<never, unknown>({ name: "JSON", serialize: (value) => value });
