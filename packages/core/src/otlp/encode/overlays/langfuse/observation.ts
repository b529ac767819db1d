import type { SpanId, TraceId } from "../../../../vocabulary/event.ts";
import type { JsonObject, JsonValue } from "../../../../vocabulary/json.ts";

/** What Langfuse knows of kinds of work, as its attribute spells them. `evaluator` is its own too: nothing that is recorded tells one. */
export type ObservationType =
  | "span"
  | "generation"
  | "embedding"
  | "event"
  | "agent"
  | "tool"
  | "chain"
  | "retriever"
  | "guardrail";

export type ObservationLevel = "DEBUG" | "DEFAULT" | "WARNING" | "ERROR";

/** What stands on every observation of a trace alike, because Langfuse reads it off each one by itself. Null: unknown, or not fit for its field. */
export interface TraceFields {
  readonly traceName: string | null;
  readonly sessionId: string | null;
  readonly userId: string | null;
  readonly tags: readonly string[];
  readonly environment: string | null;
  readonly release: string | null;
  readonly version: string | null;
}

/** One row of Langfuse, in its own terms and yet of no transport. Complete when it is made, because a row is never added to. */
export interface Observation extends TraceFields {
  readonly traceId: TraceId;
  readonly id: SpanId;
  readonly parentId: SpanId | null;
  /** The uppermost of what the application did, also where it hangs under a span that Langfuse never gets. */
  readonly isRoot: boolean;
  readonly type: ObservationType;
  readonly name: string;
  /** Milliseconds since the epoch, with fractions where the record has them. Null only where nobody knows any time of it. */
  readonly start: number | null;
  readonly end: number | null;
  /** On calls of a model. */
  readonly firstOutputAt: number | null;
  /** Undefined: nothing, or nothing that may go out. */
  readonly input: JsonValue | undefined;
  readonly output: JsonValue | undefined;
  readonly level: ObservationLevel;
  readonly statusMessage: string | null;
  /** From here on to the prompt's version: on calls of a model alone, because Langfuse counts a call wherever it meets one of these. */
  readonly model: string | null;
  readonly modelParameters: JsonObject | null;
  /** Disjoint buckets of whole numbers, which add up to `total` where there is one. What is unknown has no bucket. */
  readonly usageDetails: Readonly<Record<string, number>> | null;
  /** In US dollars, always with a `total`. Null: not known here. */
  readonly costDetails: (Readonly<Record<string, number>> & { readonly total: number }) | null;
  readonly promptName: string | null;
  readonly promptVersion: number | null;
  /** One flat object; what Langfuse has no field for. */
  readonly metadata: JsonObject;
}
