import type { SpanContext } from "../vocabulary/carrier.ts";
import type { SpanId, TraceId } from "../vocabulary/event.ts";

/** What recorded work belongs to. */
export interface RecordedIn {
  readonly session: string;
  /** The span of the turn's first activation. */
  readonly turnSpanId: SpanId;
}

/** Where recorded work stands. It knows its session and its turn as well; what is copied or written of it are the two ids of a span context. */
export class RecordedContext implements SpanContext, RecordedIn {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  readonly #in: RecordedIn;
  readonly #sampled: boolean;

  constructor({ traceId, spanId, sampled = true }: SpanContext, recordedIn: RecordedIn) {
    this.traceId = traceId;
    this.spanId = spanId;
    this.#sampled = sampled;
    this.#in = recordedIn;
  }

  get sampled(): boolean {
    return this.#sampled;
  }

  get session(): string {
    return this.#in.session;
  }

  get turnSpanId(): SpanId {
    return this.#in.turnSpanId;
  }
}

/** Null for a context that did not come from a recorder, or is a copy. */
export function recordedIn(context: SpanContext): RecordedIn | null {
  return "session" in context && "turnSpanId" in context ? (context as RecordedContext) : null;
}
