import type { ContentReader } from "../../journal/content.ts";
import type { Span } from "../../run-tree/span.ts";
import type { ContentRef, SpanId, TraceId } from "../../vocabulary/event.ts";
import type { JsonValue } from "../../vocabulary/json.ts";

/** A span of which nothing is known but that it was, and what a test adds. */
export function exampleSpan(known: Partial<Span> = {}): Span {
  return {
    session: "session-1",
    sessionInferred: false,
    traceId: "0af7651916cd43dd8448eb211c80319c" as TraceId,
    spanId: "b7ad6b7169203331" as SpanId,
    parentSpanId: null,
    turnSpanId: null,
    turnName: null,
    kind: "other",
    key: "key-1",
    name: "name-1",
    agent: null,
    status: "ok",
    errorType: null,
    errorPassedOn: false,
    detail: null,
    causedBy: null,
    attempt: null,
    startedAt: 1_764_000_000_000,
    endedAt: 1_764_000_001_000,
    inferred: [],
    model: null,
    requestModel: null,
    provider: null,
    operation: null,
    promptName: null,
    promptVersion: null,
    finishReason: null,
    responseId: null,
    toolCallId: null,
    usage: null,
    firstOutputAt: null,
    usageFinal: false,
    unattributed: null,
    totalsFinal: true,
    reportedUsd: null,
    input: null,
    output: null,
    expected: null,
    parameters: null,
    native: null,
    context: null,
    continuation: null,
    trigger: null,
    links: [],
    labels: {
      userId: null,
      feature: null,
      tags: [],
      environment: null,
      release: null,
      agentVersion: null,
    },
    marks: [],
    ...known,
  };
}

/** Content whose reference is its own JSON text. `erased` and `missing` are gone in their two ways. */
export const held = (value: JsonValue): ContentRef => JSON.stringify(value) as ContentRef;
export const erased: ContentRef = "erased" as ContentRef;
export const missing: ContentRef = "missing" as ContentRef;

export const exampleContent: ContentReader = {
  read(reference) {
    if (typeof reference === "object") return { kind: "withheld", reason: reference.withheld };
    if (reference === erased) return { kind: "erased" };
    if (reference === missing) return { kind: "missing" };
    return { kind: "value", value: JSON.parse(reference) as JsonValue };
  },
  sizeOf: (reference) => (typeof reference === "object" ? 0 : reference.length),
  messages: ({ from, add }) => (from === null && typeof add !== "string" ? add : null),
};
