import type { SentSpan } from "../intake/sent-span.ts";
import { eventsOfSpan, type MadeEvent } from "./events-of-span.ts";

/** What version 3 makes of a batch, by time. A trace that only says that it is there is left out where the batch says more of it. */
export function eventsOfSpans(spans: readonly SentSpan[], now: number): readonly MadeEvent[] {
  const events = spans.flatMap((span) => eventsOfSpan(span, now));
  const told = new Set(events.filter(saysMore).map(({ body }) => body["id"]));
  return events
    .filter(
      (event) => event.type !== "trace-create" || saysMore(event) || !told.has(event.body["id"]),
    )
    .toSorted((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
}

const saysMore = ({ type, body }: MadeEvent): boolean => type === "trace-create" && "tags" in body;
