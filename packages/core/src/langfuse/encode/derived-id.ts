import { hash } from "node:crypto";
import type { EventId, SpanId } from "../../vocabulary/event.ts";

/** The id of an observation that is no span: from an id in the journal, so that it is the same whenever it is sent. W3C forbids the all-zero one. */
export function derivedId(what: "mark" | "rest", of: EventId | SpanId): SpanId {
  const digits = hash("sha256", JSON.stringify(["langfuse", what, of]), "hex").slice(0, 16);
  return (/^0+$/.test(digits) ? `${digits.slice(0, -1)}1` : digits) as SpanId;
}
