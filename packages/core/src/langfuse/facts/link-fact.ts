import type { SpanLink } from "../../run-tree/span.ts";
import type { SpanId, TraceId } from "../../vocabulary/event.ts";
import type { Form } from "./form.ts";

/** Its kind and the two ids, as `previous 4bf9… 00f0…`. */
export const linkForm: Form<SpanLink> = {
  write: ({ kind, traceId, spanId }) => `${kind} ${traceId} ${spanId}`,
  read: (told) => {
    const [, kind, traceId, spanId] = typeof told === "string" ? (written.exec(told) ?? []) : [];
    return isKind(kind) ? { kind, traceId: traceId as TraceId, spanId: spanId as SpanId } : null;
  },
};

const written = /^([a-z]+) ([0-9a-f]{32}) ([0-9a-f]{16})$/;
const kinds: readonly (string | undefined)[] = ["previous", "resume", "fork", "cause"];
const isKind = (kind: string | undefined): kind is SpanLink["kind"] => kinds.includes(kind);
