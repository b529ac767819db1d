import type { ReceivedRequest } from "../backend/received-request.ts";
import { malformed } from "../langfuse-server/intake/malformed.ts";
import { type SentSpan, spansIn } from "../langfuse-server/intake/sent-span.ts";
import { readTraces } from "../langfuse-server/intake/traces-body.ts";
import { eventsOfSpan } from "../langfuse-server/legacy/events-of-span.ts";
import { checked } from "../langfuse-server/legacy/ingestion-event.ts";
import { asText } from "../langfuse-server/loose.ts";

/** The rows that a request holds. None in one that a server would refuse. */
export function rowsIn(request: ReceivedRequest): readonly SentSpan[] {
  const read = readTraces(request);
  return "refusal" in read || malformed(read.resourceSpans).length > 0
    ? []
    : spansIn(read.resourceSpans);
}

/** Why a server of version 4 would refuse the request or read it wrong, and what of it one of version 3 would lose afterwards. */
export function problemsIn(request: ReceivedRequest): readonly string[] {
  const read = readTraces(request);
  if ("refusal" in read) return [read.refusal];
  return [...malformed(read.resourceSpans), ...rowsIn(request).flatMap(problemsOf)];
}

function problemsOf(row: SentSpan): readonly string[] {
  const { traceId, spanId, start, end, attributes } = row;
  const unread = Object.keys(attributes).filter((name) => !name.startsWith("langfuse."));
  return [
    ...(/^[0-9a-f]{32}$/.test(traceId) ? [] : [`has the trace id ${traceId}`]),
    ...(/^[0-9a-f]{16}$/.test(spanId) ? [] : [`has the span id ${spanId}`]),
    ...[start, end].filter((time) => !isTime(time)).map((time) => `has the time ${asText(time)}`),
    ...unread.map((name) => `says ${name}, which Langfuse takes for more than it says`),
    ...eventsOfSpan(row, 0).flatMap((event) => {
      const answer = checked(event);
      return "problems" in answer ? [`${event.type}: ${answer.problems}`] : [];
    }),
  ];
}

/** The rows that are spans: not their marks, nor what a turn used besides. */
export function isSpan({ attributes }: SentSpan): boolean {
  const metadata = String(attributes["langfuse.observation.metadata"]);
  return !metadata.includes('"spoor.type":') && !metadata.includes('"spoor.rest":');
}

/** Nanoseconds since the epoch, or none at all. */
const isTime = (time: unknown): boolean =>
  time === undefined || (typeof time === "string" && /^\d+$/.test(time));
