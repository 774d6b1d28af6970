import type { Attributes, Span } from "@opentelemetry/api";
import {
  ATTR_DB_COLLECTION_NAME,
  ATTR_DB_NAMESPACE,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_SYSTEM_NAME,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from "@opentelemetry/semantic-conventions";
import type { mongo } from "mongoose";
import { SpanKind } from "./api.ts";
import { currentTraceId, failSpan, tracer } from "./spans.ts";

/**
 * A span for each command that is sent to MongoDB for a request that is recorded, with the collection's name and nothing of its content. The client has to
 * monitor commands. (Semantic conventions for MongoDB)
 */
export function traceCommands(client: mongo.MongoClient): void {
  const spans = new Map<string, Span>();
  const keyOf = ({ address, requestId }: { address: string; requestId: number }) => `${address} ${requestId}`;
  const end = (event: { address: string; requestId: number; failure?: unknown }) => {
    const span = spans.get(keyOf(event));
    if (!span) return;
    spans.delete(keyOf(event));
    if (event.failure) failSpan(span, event.failure);
    span.end();
  };
  client.on("commandStarted", (event) => {
    if (currentTraceId() === undefined) return;
    const collection = event.command[event.commandName];
    const name = typeof collection === "string" ? `${event.commandName} ${collection}` : event.commandName;
    const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes: attributesOf(event, collection) });
    spans.set(keyOf(event), span);
  });
  client.on("commandSucceeded", end);
  client.on("commandFailed", end);
}

function attributesOf(
  { address, commandName, databaseName }: mongo.CommandStartedEvent,
  collection: unknown,
): Attributes {
  const [host, port] = address.split(/:(?=\d+$)/);
  return {
    [ATTR_DB_SYSTEM_NAME]: "mongodb",
    [ATTR_DB_NAMESPACE]: databaseName,
    [ATTR_DB_OPERATION_NAME]: commandName,
    ...(typeof collection === "string" && { [ATTR_DB_COLLECTION_NAME]: collection }),
    ...(host && { [ATTR_SERVER_ADDRESS]: host }),
    ...(port && { [ATTR_SERVER_PORT]: Number(port) }),
  };
}
