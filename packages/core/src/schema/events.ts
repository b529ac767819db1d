import type { AgentEvent, EventOf, EventType } from "../vocabulary/event.ts";
import {
  at,
  contextDifference,
  eventId,
  held,
  key,
  link,
  name,
  outcome,
  parent,
  spanContext,
  spanId,
  traceId,
  usage,
  messageFate,
  modelOperation,
  workKind,
} from "./parts.ts";
import type { FieldsOf, Shape } from "./shape.ts";
import {
  boolean,
  integer,
  list,
  literal,
  number,
  oneOf,
  optional,
  tagged,
  union,
} from "./shape.ts";

/** The fields of each event type, the type itself aside. */
export type EventFields = {
  readonly [Type in EventType]: FieldsOf<Omit<EventOf<Type>, "type">>;
};

/** A spread hides surplus fields from the compiler; this does not. */
type NoSurplus<Table extends EventFields> = {
  readonly [Type in EventType]: {
    readonly [Name in Exclude<keyof Table[Type], keyof EventFields[Type]>]: never;
  };
};
const exactly = <Table extends EventFields>(table: Table & NoSurplus<Table>): EventFields => table;

const common = {
  v: union(literal(0), literal(1)),
  id: eventId,
  recordedAt: number,
  sequence: integer,
  spanId: union(spanId, literal(null)),
  traceId: optional(traceId),
  turnSpanId: optional(union(spanId, literal(null))),
  suspendedSpanId: optional(spanId),
  previous: optional(spanContext),
  redaction: optional(name),
  session: key,
  source: key,
  at: optional(at),
  native: optional(held),
};

const opening = {
  ...common,
  key,
  name,
  agent: optional(name),
  causedBy: optional(key),
  attempt: optional(integer),
  input: optional(held),
  parent: optional(parent),
};

const closing = { ...common, key, outcome, output: optional(held), detail: optional(held) };

const mark = { ...common, on: union(key, literal(null)), mark: key };

const labels = {
  userId: optional(held),
  feature: optional(name),
  tags: optional(list(name)),
  environment: optional(name),
  release: optional(name),
  agentVersion: optional(name),
};

const addressed = { from: optional(name), to: optional(name) };

const message = { ...mark, ...addressed, role: name, content: held };

/** What every reader of the format goes by: the check, the JSON Schema and the tests' arbitraries are made of this table. */
export const eventFields: EventFields = exactly({
  "session.started": {
    ...mark,
    ...labels,
    on: literal(null),
    framework: name,
    frameworkVersion: optional(name),
    inferred: optional(literal(true)),
  },

  "turn.started": {
    ...opening,
    ...labels,
    trigger: optional(name),
    links: optional(list(link)),
    resumes: optional(union(key, literal(true))),
  },
  "work.started": {
    ...opening,
    kind: workKind,
    expected: optional(held),
    links: optional(list(link)),
  },
  "model.started": {
    ...opening,
    operation: optional(modelOperation),
    provider: optional(name),
    requestModel: optional(name),
    promptName: optional(name),
    promptVersion: optional(name),
    context: optional(contextDifference),
    parameters: optional(held),
  },
  "tool.started": { ...opening, toolCallId: optional(key) },

  "turn.ended": closing,
  "work.ended": closing,
  "model.ended": {
    ...closing,
    model: optional(name),
    finishReason: optional(name),
    responseId: optional(key),
  },
  "tool.ended": closing,

  "usage.reported": {
    ...mark,
    on: key,
    basis: oneOf("call", "total"),
    usage,
    final: boolean,
    meter: optional(key),
    model: optional(name),
    reportedUsd: optional(number),
  },
  "output.began": { ...mark, on: key },
  "span.amended": {
    ...mark,
    on: key,
    parent: optional(parent),
    causedBy: optional(key),
    name: optional(name),
    input: optional(held),
    output: optional(held),
    expected: optional(held),
    alias: optional(key),
  },
  "message.sent": message,
  "message.received": message,
  "message.unhandled": {
    ...mark,
    ...addressed,
    fate: messageFate,
    message: key,
    attempt: optional(integer),
    reason: optional(held),
  },
  "handoff.made": { ...mark, to: name },
  "interrupt.raised": { ...mark, wait: optional(key), payload: optional(held) },
  "interrupt.resolved": { ...mark, wait: optional(key), answer: optional(held) },
  "attempt.failed": { ...mark, errorType: name, retryDelayMs: optional(number) },
  "decision.made": {
    ...mark,
    kind: name,
    choice: held,
    options: optional(held),
    why: optional(held),
  },
  "checkpoint.saved": {
    ...mark,
    checkpoint: key,
    hash: optional(name),
    after: optional(key),
    namespace: optional(key),
    step: optional(number),
    origin: optional(name),
    label: optional(name),
    state: optional(held),
  },
  "checkpoint.written": {
    ...mark,
    checkpoint: key,
    namespace: optional(key),
    task: key,
    writes: optional(held),
  },
  "checkpoint.refused": {
    ...mark,
    checkpoint: optional(key),
    namespace: optional(key),
    task: optional(key),
    errorType: name,
    detail: optional(held),
  },
  "checkpoint.restored": {
    ...mark,
    checkpoint: key,
    namespace: optional(key),
    state: optional(held),
  },
  "checkpoint.removed": {
    ...mark,
    checkpoint: optional(key),
    namespace: optional(key),
    kept: optional(name),
  },
  "score.given": { ...mark, name, value: union(number, name, boolean), why: optional(held) },
  "limit.reached": { ...mark, limit: name, value: number },
  "finding.raised": {
    ...mark,
    code: name,
    severity: oneOf("info", "warning", "critical"),
    evidence: list(eventId),
    detail: optional(held),
  },
  "log.written": { ...mark, level: name, content: held },
  "native.noted": { ...mark, name, warns: optional(literal(true)) },
  "record.reduced": {
    ...mark,
    on: literal(null),
    what: oneOf("content", "entries"),
    why: oneOf("erasure", "retention"),
    segment: optional(integer),
    reason: optional(name),
  },
});

/** An event as it stands in a journal. */
export const agentEvent: Shape<AgentEvent> = tagged("type", eventFields);
