import type { JsonObject } from "../../vocabulary/json.ts";
import type { SpanId, TraceId } from "../../vocabulary/event.ts";

/** A span that somebody else's OpenTelemetry made, as it was exported. What it does not say is null or empty; ids are valid ones. */
export interface ReceivedSpan {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  /** Null: it began its trace. */
  readonly parentSpanId: SpanId | null;
  /** Whether its parent was made in another process, and so may never be seen here. Null: it does not say. */
  readonly parentIsRemote: boolean | null;
  readonly name: string;
  readonly kind: ReceivedKind;
  /** Milliseconds since the epoch, to the microsecond. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly attributes: JsonObject;
  readonly events: readonly ReceivedSpanEvent[];
  readonly links: readonly ReceivedLink[];
  readonly status: { readonly code: ReceivedStatus; readonly message: string | null };
  /** Who made it. */
  readonly scope: { readonly name: string; readonly version: string | null };
  /** The process that it comes from. */
  readonly resource: JsonObject;
}

export type ReceivedKind =
  | "unspecified"
  | "internal"
  | "server"
  | "client"
  | "producer"
  | "consumer";

/** Unset is what work without trouble says, and what was cancelled. */
export type ReceivedStatus = "unset" | "ok" | "error";

export interface ReceivedSpanEvent {
  readonly name: string;
  readonly at: number | null;
  readonly attributes: JsonObject;
}

export interface ReceivedLink {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  readonly attributes: JsonObject;
}
