import type { ContentReader } from "../journal/content.ts";
import type { SessionView } from "../run-tree/run-tree.ts";
import type { SpanId } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import { valueBehind } from "./value-behind.ts";

/** What went into the spans of a session, read when it is asked for; null where nothing did, or there is no such span. */
export function inputsOf(view: SessionView, content: ContentReader): (span: SpanId) => JsonValue {
  const held = new Map(view.spans.map(({ spanId, input }) => [spanId, input]));
  return (span) => valueBehind(held.get(span) ?? null, content);
}
