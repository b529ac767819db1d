import type { Span, SpanKind, Status } from "../../run-tree/span.ts";
import type { Key, SpanId } from "../../vocabulary/event.ts";
import { isoTime } from "../iso-time.ts";

/** Which span is meant, and where it stands. */
export interface SpanPlace {
  readonly spanId: SpanId;
  readonly key: Key;
  readonly kind: SpanKind;
  readonly name: string;
  readonly agent: string | null;
  readonly status: Status;
  /** From 0; null: in none that is known. */
  readonly turn: number | null;
  readonly startedAt: string | null;
}

export function spanPlace(span: Span, turn: number | null): SpanPlace {
  const { spanId, key, kind, name, agent, status, startedAt } = span;
  return { spanId, key, kind, name, agent, status, turn, startedAt: isoTime(startedAt) };
}
