import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
} from "@opentelemetry/semantic-conventions";
import { BadUserInput } from "@tareas/service-kit/errors";
import { graphqlPath } from "@tareas/service-kit/http/admission/priority";
import { SpanKind } from "@tareas/service-kit/telemetry/api";
import type { SpanFromElsewhere } from "@tareas/service-kit/telemetry/span-from-elsewhere";
import type { Tracing } from "@tareas/service-kit/telemetry/tracing";
import type { FastifyInstance } from "fastify";
import { z } from "zod";

const bodyLimitBytes = 65_536;
const mostSpans = 100;
/** How far a browser's clock may be from ours: a store that goes by days is not to be filled with days of all ages. */
const mostApartMs = 86_400_000;
/** What took longer was not at work: its device slept meanwhile. */
const longestMs = 3_600_000;

const hex = (digits: number) => z.string().regex(new RegExp(`^(?!0+$)[0-9a-f]{${digits}}$`));
const word = () => z.string().regex(/^[_A-Za-z]\w{0,99}$/);

/** What the web app says of an operation, in Zipkin's form (zipkin2-api.yaml). What else is said there is not read. */
const spanShape = z.object({
  traceId: hex(32),
  id: hex(16),
  /** In microseconds, and parts of these. */
  timestamp: z.number().min(0),
  duration: z.number().int().min(0),
  tags: z.object({
    "graphql.operation.type": z.enum(["query", "mutation", "subscription"]),
    "graphql.operation.name": word().optional(),
    [ATTR_HTTP_RESPONSE_STATUS_CODE]: z
      .string()
      .regex(/^[1-5]\d\d$/)
      .optional(),
    [ATTR_ERROR_TYPE]: word().optional(),
  }),
});
const spansShape = z.array(spanShape).max(mostSpans);

type BrowserSpan = z.output<typeof spanShape>;

/** Tells the web app, with each answer to an operation, which share of its operations to make spans of. */
export function askForBrowserSpans(app: FastifyInstance, share: number): void {
  app.addHook("onRequest", async ({ route }, reply) => {
    if (route.url === graphqlPath) reply.header("x-browser-traces", String(share));
  });
}

/**
 * `POST /traces` takes the spans that the web app has made, a list in JSON, and sends them along with the router's own.
 * Anybody can send some: they are taken as those of the browser and nothing else, have only words in them that are names,
 * and belong to traces that the share holds.
 */
export async function takeBrowserSpans(app: FastifyInstance, tracing: Tracing): Promise<void> {
  const take = tracing.receiverFor("browser");
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // A beacon is text, whatever is in it.
    scope.addContentTypeParser("text/plain", { parseAs: "string" }, (_, body, done) => done(null, body));
    const config = { priority: "large-read", isUntraced: true } as const;
    scope.post("/traces", { bodyLimit: bodyLimitBytes, config }, (request, reply) => {
      for (const span of readSpans(request.body)) take(span);
      reply.code(202).send();
    });
  });
}

function readSpans(body: unknown): SpanFromElsewhere[] {
  const { success, data } = spansShape.safeParse(parsed(String(body)));
  if (!success) throw new BadUserInput([], "The body is not a list of the web app's spans.");
  return data.filter(isCredible).map(spanOf);
}

const isCredible = ({ timestamp, duration }: BrowserSpan) =>
  Math.abs(timestamp / 1_000 - Date.now()) < mostApartMs && duration / 1_000 < longestMs;

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function spanOf({ traceId, id, timestamp, duration, tags }: BrowserSpan): SpanFromElsewhere {
  const type = tags["graphql.operation.type"];
  const name = tags["graphql.operation.name"];
  const { [ATTR_HTTP_RESPONSE_STATUS_CODE]: status, [ATTR_ERROR_TYPE]: error } = tags;
  return {
    traceId,
    spanId: id,
    name: name ? `${type} ${name}` : type,
    kind: SpanKind.CLIENT,
    startMicroseconds: Math.round(timestamp),
    durationMicroseconds: duration,
    attributes: {
      "graphql.operation.type": type,
      ...(name && { "graphql.operation.name": name }),
      [ATTR_HTTP_REQUEST_METHOD]: "POST",
      ...(status && { [ATTR_HTTP_RESPONSE_STATUS_CODE]: Number(status) }),
      ...(error && { [ATTR_ERROR_TYPE]: error }),
    },
    isError: error !== undefined,
  };
}
