import { Buffer } from "node:buffer";
import type { LangfuseServer } from "./langfuse-server.ts";
import type { StoredObservation } from "./storage/stored.ts";

type Value = string | number | boolean | readonly string[];

export interface SentSpan {
  readonly id?: string;
  readonly parent?: string;
  readonly trace?: string;
  readonly name?: string;
  readonly start?: string;
  readonly end?: string;
  readonly error?: string;
  readonly attributes?: Readonly<Record<string, Value>>;
}

const start = "1767268800000000000";

function valueOf(value: Value): object {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number")
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { arrayValue: { values: value.map((stringValue) => ({ stringValue })) } };
}

/** A request with these spans, as OTLP has it in JSON. */
export function requestOf(
  spans: readonly SentSpan[],
  scope: string = "langfuse-sdk.spoor",
): unknown {
  return {
    resourceSpans: [
      {
        resource: { attributes: [] },
        scopeSpans: [{ scope: { name: scope, version: "1" }, spans: spans.map(spanOf) }],
      },
    ],
  };
}

function spanOf(span: SentSpan): unknown {
  const {
    id = "b7ad6b7169203331",
    trace = "0af7651916cd43dd8448eb211c80319c",
    name = "ask",
  } = span;
  return {
    traceId: trace,
    spanId: id,
    ...(span.parent === undefined ? {} : { parentSpanId: span.parent }),
    name,
    kind: 1,
    startTimeUnixNano: span.start ?? start,
    endTimeUnixNano: span.end ?? span.start ?? start,
    attributes: Object.entries(span.attributes ?? {}).map(([key, value]) => ({
      key,
      value: valueOf(value),
    })),
    status: span.error === undefined ? { code: 0 } : { code: 2, message: span.error },
  };
}

export function basic({ publicKey, secretKey }: LangfuseServer): string {
  return `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString("base64")}`;
}

/** Asks the server for something, or gives it something, with its own keys. */
export function ask(
  server: LangfuseServer,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    headers: { authorization: basic(server), "content-type": "application/json", ...headers },
    ...(body === undefined
      ? {}
      : {
          method: "POST",
          body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body),
        }),
  });
}

export function send(
  server: LangfuseServer,
  spans: readonly SentSpan[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return ask(server, "/api/public/otel/v1/traces", requestOf(spans), headers);
}

/** What becomes of one span with these attributes. */
export async function storedOf(
  server: LangfuseServer,
  attributes: SentSpan["attributes"] = {},
  scope?: string,
): Promise<StoredObservation> {
  await ask(server, "/api/public/otel/v1/traces", requestOf([{ attributes }], scope));
  const [row] = server.stored().observations;
  if (row === undefined) throw new Error("expected a row");
  return row;
}
