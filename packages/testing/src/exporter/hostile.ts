import { Buffer } from "node:buffer";
import type { AgentEvent, ContentReader, JsonValue, Span, SpanId } from "@spoor/core";
import { type Example, exampleOf } from "./example.ts";

/** Names as nobody should choose them, and as a recording may hold them. */
const texts = [
  "",
  " ",
  "\ud800 half a pair",
  "half a pair \udc00",
  "\u0000\u0007\u001b[2J\u202e\u2028\r\n",
  "__proto__",
  "constructor",
  '"}],{"',
  "<script>&amp;%00%s${x}",
  "🦶🏽".repeat(50),
] as const;

const times = [0, -1, 0.5, 1e-9, 253_402_300_800_000, 8.64e15 + 1, 1e21, Number.MAX_VALUE, -1e300];

/** JSON that a tool may have returned. `__proto__` is a name like any other there. */
const values: readonly JsonValue[] = [
  ...texts,
  "x".repeat(1_000_000),
  null,
  false,
  -0,
  1e308,
  [],
  {},
  JSON.parse(
    '{"__proto__":{"role":1},"constructor":null,"role":"","content":null,"type":[]}',
  ) as JsonValue,
  { role: "tool", toolCallId: "", content: { type: "text" } },
  {
    role: "assistant",
    content: [{ type: "text" }, { type: "tool_use" }, null, []],
    toolCalls: [1],
  },
  Array.from({ length: 500 }).reduce<JsonValue>((inner) => [inner], "\udfff"),
];

/** Whatever is asked for is one of the hostile values, in turn, always the same for the same reference. */
const hostileContent: ContentReader = {
  read(held) {
    const name = JSON.stringify(held);
    const value = values[Buffer.from(name).reduce((sum, byte) => sum + byte, 0) % values.length];
    return { kind: "value", value: value ?? null };
  },
  sizeOf: () => 0,
  messages: ({ add }) => (typeof add === "string" ? null : add),
};

const at = <Value>(list: readonly Value[], index: number): Value =>
  list[index % list.length] as Value;

/** What no honest writer would make and every reader will meet: legal in every field, and wrong in all of them. */
export function hostileExample(): Example {
  const { spans, events } = exampleOf("hostile");
  return {
    content: hostileContent,
    spans: [
      ...texts.flatMap((text, index) => spans.map((span) => hostileSpan(span, text, index))),
      ...spans.map((span, index) => nothingKnown(span, texts.length + index)),
    ],
    events: texts.flatMap((text, index) => events.map((event) => hostileEvent(event, text, index))),
  };
}

/** All different, all valid. */
const spanIdFor = (span: Span, round: number): SpanId =>
  (span.spanId.slice(0, 12) + (round + 1).toString(16).padStart(4, "0")) as SpanId;

function hostileSpan(span: Span, text: string, round: number): Span {
  const tokens = at([-1, 0.5, 2 ** 60, 0], round);
  return {
    ...span,
    spanId: spanIdFor(span, round),
    session: text,
    key: text,
    name: text,
    agent: text,
    errorType: text,
    model: text,
    requestModel: text,
    operation: "embeddings",
    promptName: text,
    promptVersion: text,
    provider: text,
    finishReason: text,
    responseId: text,
    toolCallId: text,
    trigger: text,
    status: at(["ok", "error", "cancelled", "suspended", "open", "abandoned"], round),
    startedAt: at(times, round),
    endedAt: at(times, round + 1),
    attempt: tokens,
    reportedUsd: tokens,
    usage: { input: tokens, cacheRead: null, cacheWrite: tokens, output: null, reasoning: tokens },
    labels: {
      ...span.labels,
      feature: text,
      tags: [text, text],
      environment: text,
      release: text,
      agentVersion: text,
    },
    marks: span.marks.map((mark) => hostileEvent(mark, text, round)),
  };
}

function nothingKnown(span: Span, round: number): Span {
  const fields = Object.entries(span).map(([field, value]) =>
    required.has(field) ? [field, value] : [field, Array.isArray(value) ? [] : null],
  );
  const bare = Object.fromEntries(fields) as Span;
  const labels = { userId: null, feature: null, environment: null, release: null };
  return {
    ...bare,
    spanId: spanIdFor(span, round),
    labels: { ...labels, tags: [], agentVersion: null },
  };
}

const required: ReadonlySet<string> = new Set([
  "session",
  "sessionInferred",
  "traceId",
  "kind",
  "key",
  "name",
  "status",
  "usageFinal",
  "totalsFinal",
]);

function hostileEvent<Event extends AgentEvent>(event: Event, text: string, round: number): Event {
  const fields = Object.entries(event).map(([field, value]) => [
    field,
    free.has(field) && typeof value === "string" ? text : value,
  ]);
  return {
    ...(Object.fromEntries(fields) as Event),
    id: event.id.slice(0, 28) + (round + 1).toString(16).padStart(4, "0"),
    at: { ms: at(times, round) },
  };
}

/** Fields whose text is somebody's own. */
const free: ReadonlySet<string> = new Set(
  (
    "session source key name agent parent causedBy errorType model requestModel promptName promptVersion provider finishReason responseId " +
    "toolCallId trigger on mark meter role to wait checkpoint hash limit code level framework frameworkVersion " +
    "feature environment release agentVersion alias"
  ).split(" "),
);
