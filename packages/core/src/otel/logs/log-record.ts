import type { ContentReader } from "../../journal/content.ts";
import { inWords } from "../../journal/in-words.ts";
import { textOf } from "../../otlp/encode/json-text.ts";
import { names, ownNames } from "../../otlp/encode/conventions.ts";
import { type KeyValue, text, texts } from "../../otlp/wire/key-value.ts";
import type { OtlpLogRecord } from "../../otlp/wire/logs.ts";
import { nanosecondsOf } from "../../otlp/wire/nanoseconds.ts";
import type { ExportContext } from "../../pipeline/exporter.ts";
import type { Location } from "../../pipeline/locating.ts";
import type { AgentEvent } from "../../vocabulary/event.ts";
import { isClosing, isOpening } from "../../vocabulary/event-kind.ts";
import type { Telling } from "./telling.ts";
import { tellingOfMark } from "./telling-of-marks.ts";
import { tellingOfClosing, tellingOfOpening } from "./telling-of-spans.ts";

/** What a record is made with: what may go out, and where events stand. */
export type Seen = Pick<ExportContext, "content" | "locate">;

/** An event as a log record; null where it is no news, or less than `least`. Pure. */
export function logRecordOf(event: AgentEvent, seen: Seen, least: number): OtlpLogRecord | null {
  const { content } = seen;
  const location = seen.locate?.(event) ?? ownLocationOf(event);
  if (location.isToldAgain) return null;
  const telling = tellingOf(event, location, content);
  if (!telling || (telling.severity !== null && telling.severity < least)) return null;
  const { eventName, severity, level, body } = telling;
  const time = event.at === undefined ? null : nanosecondsOf(event.at.ms);
  const observed = nanosecondsOf(event.recordedAt);
  return {
    ...(time === null ? {} : { timeUnixNano: time }),
    ...(severity === null ? {} : { severityNumber: severity }),
    ...(level === undefined ? {} : { severityText: level.toWellFormed() }),
    ...(body === null ? {} : { body: { stringValue: body.toWellFormed() } }),
    attributes: [
      ...text("log.record.uid", event.id),
      ...placeAttributes(event, location),
      ...telling.attributes,
      ...timeAttributes(event, time),
      ...(content ? userOf(event, content) : []),
    ],
    ...location.span,
    ...(observed === null ? {} : { observedTimeUnixNano: observed }),
    ...(eventName === undefined ? {} : { eventName }),
  };
}

function tellingOf(
  event: AgentEvent,
  { name }: Location,
  content: ContentReader | null,
): Telling | null {
  if (isOpening(event)) return tellingOfOpening(event);
  if (isClosing(event)) return tellingOfClosing(event, name, content);
  return tellingOfMark(event, content);
}

/** What an event says of its place by itself: only openings name their trace. */
function ownLocationOf(event: AgentEvent): Location {
  const { traceId, spanId, turnSpanId } = event;
  const isTurn = event.type === "turn.started";
  return {
    span: traceId !== undefined && spanId !== null ? { traceId, spanId } : null,
    turnSpanId: isTurn ? (turnSpanId ?? spanId) : null,
    name: isOpening(event) ? event.name : null,
    agent: isOpening(event) ? (event.agent ?? null) : null,
    environment: null,
    sessionInferred: event.type === "session.started" && event.inferred === true,
    isToldAgain: false,
  };
}

/** The id of a span whose trace nobody has told stands here: beside no trace id it would say nothing. */
function placeAttributes(event: AgentEvent, location: Location): readonly KeyValue[] {
  const { span, turnSpanId, name, agent, sessionInferred } = location;
  return [
    ...text(names.conversationId, sessionInferred ? null : event.session),
    ...text(names.agentName, agent),
    ...text(ownNames.turnId, turnSpanId),
    ...text("spoor.span.id", span === null ? event.spanId : null),
    ...text("spoor.span.name", name),
    ...text("spoor.source", event.source),
  ];
}

function timeAttributes({ at }: AgentEvent, time: string | null): readonly KeyValue[] {
  if (time === null) return texts(ownNames.unknown, ["at"]);
  return at?.inferred ? texts(ownNames.inferred, ["at"]) : [];
}

function userOf(event: AgentEvent, content: ContentReader): readonly KeyValue[] {
  const held = "userId" in event ? event.userId : undefined;
  return held === undefined ? [] : text(names.userId, textOf(inWords(content.read(held))));
}
