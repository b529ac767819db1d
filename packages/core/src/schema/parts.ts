import type { Carrier, SpanContext } from "../vocabulary/carrier.ts";
import type {
  At,
  ContentRef,
  ContextDifference,
  EventId,
  Held,
  Key,
  Link,
  MessageFate,
  Outcome,
  SpanId,
  TraceId,
  ModelOperation,
  WorkKind,
} from "../vocabulary/event.ts";
import type { Usage } from "../vocabulary/usage.ts";
import type { Shape } from "./shape.ts";
import {
  hex,
  integer,
  list,
  literal,
  named,
  number,
  object,
  oneOf,
  optional,
  tagged,
  text,
  union,
} from "./shape.ts";

/** What application code calls things: agents, tools, nodes, models, providers, features, tags. */
export const name: Shape<string> = named("name", text(200));
/** What a framework calls things, as it is: sessions, keys, marks, waits. */
export const key: Shape<Key> = named("key", text(4096));

export const spanId: Shape<SpanId> = named("spanId", hex(16));
export const traceId: Shape<TraceId> = named("traceId", hex(32));
export const eventId: Shape<EventId> = named("eventId", hex(32));
export const contentRef: Shape<ContentRef> = named("contentRef", hex(64));

export const carrier: Shape<Carrier> = named(
  "carrier",
  object({ traceparent: text(4096), tracestate: optional(text(4096)) }),
);
export const spanContext: Shape<SpanContext> = named("spanContext", object({ traceId, spanId }));
export const parent: Shape<Key | Carrier> = union(key, carrier);

export const at: Shape<At> = named("at", object({ ms: number, inferred: optional(literal(true)) }));

export const held: Shape<Held> = named(
  "held",
  union(contentRef, object({ withheld: oneOf("policy", "redactor failed", "unserialisable") })),
);

export const contextDifference: Shape<ContextDifference> = named(
  "contextDifference",
  object({
    from: union(eventId, literal(null)),
    keep: integer,
    cut: integer,
    count: integer,
    add: union(list(held, 512), contentRef),
    instructions: optional(held),
    tools: optional(held),
  }),
);

export const outcome: Shape<Outcome> = named(
  "outcome",
  tagged("status", {
    ok: {},
    cancelled: {},
    suspended: {},
    error: { errorType: name, passedOn: optional(literal(true)) },
  }),
);

const amount: Shape<number | null> = union(number, literal(null));

export const usage: Shape<Usage> = named(
  "usage",
  object({
    input: amount,
    cacheRead: amount,
    cacheWrite: amount,
    cacheWrite1h: optional(number),
    output: amount,
    reasoning: amount,
  }),
);

const linkKind = oneOf("fork", "cause");
export const link: Shape<Link> = named(
  "link",
  union(object({ kind: linkKind, session: key, key }), object({ kind: linkKind, carrier })),
);

export const messageFate: Shape<MessageFate> = named(
  "messageFate",
  oneOf("dropped", "rejected", "expired", "undelivered", "dead-lettered"),
);

export const modelOperation: Shape<ModelOperation> = named(
  "modelOperation",
  oneOf("chat", "text_completion", "embeddings"),
);

export const workKind: Shape<WorkKind> = named(
  "workKind",
  oneOf(
    "workflow",
    "agent",
    "task",
    "step",
    "plan",
    "retrieval",
    "memory",
    "guardrail",
    "compaction",
    "other",
  ),
);
