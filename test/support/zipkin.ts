import { createServer } from "node:http";
import { json } from "node:stream/consumers";

/** As Zipkin's API takes it. (zipkin2-api.yaml) */
export interface ZipkinSpan {
  readonly id: string;
  readonly traceId: string;
  readonly parentId?: string;
  readonly name: string;
  readonly kind?: string;
  readonly localEndpoint: { readonly serviceName: string };
  readonly tags: Readonly<Record<string, string>>;
}

/** What a Zipkin would have been sent. */
export interface Zipkin extends AsyncDisposable {
  readonly url: string;
  readonly spans: readonly ZipkinSpan[];
  ofTrace(traceId: string): readonly ZipkinSpan[];
  /** The way from the first of its trace down to a span: `router SERVER POST /graphql > router gateway.request`. */
  pathOf(span: ZipkinSpan): string;
}

/** Takes spans as Zipkin does, and keeps them. */
export async function startZipkin(): Promise<Zipkin> {
  const spans: ZipkinSpan[] = [];
  const server = createServer(async (request, response) => {
    spans.push(...((await json(request)) as ZipkinSpan[]));
    response.writeHead(202).end();
  });
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await listening;
  const { port } = server.address() as { port: number };
  const pathOf = (span: ZipkinSpan): string => {
    const above = spans.find(({ id, traceId }) => id === span.parentId && traceId === span.traceId);
    return above ? `${pathOf(above)} > ${inWords(span)}` : inWords(span);
  };
  return {
    url: `http://127.0.0.1:${port}/api/v2/spans`,
    spans,
    ofTrace: (traceId) => spans.filter((span) => span.traceId === traceId),
    pathOf,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const inWords = ({ localEndpoint, kind = "", name }: ZipkinSpan) =>
  [localEndpoint.serviceName, kind, name].filter((word) => word !== "").join(" ");
