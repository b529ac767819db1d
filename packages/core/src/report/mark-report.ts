import type { ContentReader } from "../journal/content.ts";
import type { Span } from "../run-tree/span.ts";
import { contentFieldsOf } from "../vocabulary/content-fields.ts";
import type { AgentEvent, Held, SpanId } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import { valueBehind } from "./value-behind.ts";
import { isoTime } from "./iso-time.ts";
import type { MarkReport } from "./report.ts";

/** Where and when it was recorded, and what the report says in words of its own. */
const surroundings: ReadonlySet<string> = new Set([
  "v",
  "id",
  "type",
  "sequence",
  "recordedAt",
  "session",
  "at",
  "on",
  "mark",
  "spanId",
  "traceId",
  "turnSpanId",
]);

/** `spanId`: of the span it belongs to, which may go by the id of another witness. */
export function markReport(
  mark: AgentEvent,
  spanId: SpanId | null,
  content: ContentReader,
): MarkReport {
  const held = contentFieldsOf(mark.type);
  const fields: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(mark))
    if (!surroundings.has(name))
      fields[name] = held.includes(name) ? valueBehind(value as Held, content) : value;
  return {
    type: mark.type,
    id: mark.id,
    spanId,
    at: isoTime(mark.at?.ms ?? null),
    ...(mark.at?.inferred ? { atInferred: true } : {}),
    ...fields,
  };
}

/** What happened on these spans, in order of time. What has no time goes with what was told before it on its span, or with its beginning. */
export function marksOn(spans: readonly Span[], content: ContentReader): readonly MarkReport[] {
  return spans
    .flatMap(timedMarks)
    .toSorted((left, right) => left.ms - right.ms)
    .map(({ mark, spanId }) => markReport(mark, spanId, content));
}

interface TimedMark {
  readonly mark: AgentEvent;
  readonly spanId: SpanId;
  readonly ms: number;
}

function timedMarks({ spanId, startedAt, marks }: Span): readonly TimedMark[] {
  let before = startedAt ?? 0;
  return marks.map((mark) => ({ mark, spanId, ms: (before = mark.at?.ms ?? before) }));
}
