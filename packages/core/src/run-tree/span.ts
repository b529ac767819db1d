import type {
  AgentEvent,
  ContextDifference,
  Held,
  Key,
  ModelOperation,
  SpanId,
  TraceId,
  WorkKind,
} from "../vocabulary/event.ts";
import type { Usage } from "../vocabulary/usage.ts";

/** Abandoned is a conclusion (the writer is gone, or nothing came for long), never an event. */
export type Status = "ok" | "error" | "cancelled" | "suspended" | "open" | "abandoned";
/** A family, or what kind of work it is. */
export type SpanKind = "turn" | "model" | "tool" | WorkKind;

/** What a session's owner says about it; a turn's own labels win over its session's. */
export interface SpanLabels {
  readonly userId: Held | null;
  readonly feature: string | null;
  readonly tags: readonly string[];
  readonly environment: string | null;
  readonly release: string | null;
  readonly agentVersion: string | null;
}

/** What else a span belongs with. `previous`: the turn before; `resume`: the activation that was suspended. */
export interface SpanLink {
  readonly kind: "previous" | "resume" | "fork" | "cause";
  readonly traceId: TraceId;
  readonly spanId: SpanId;
}

/** A span as far as it is known. Null is unknown. */
export interface Span {
  readonly session: string;
  /** The framework gave no session id; it is the name of the root. */
  readonly sessionInferred: boolean;
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  /** What it was called before it turned out to be one with what other names tell of. */
  readonly otherSpanIds?: readonly SpanId[];
  /** Its trace came from outside, and whoever began that decided not to sample it. */
  readonly unsampled?: true;
  readonly parentSpanId: SpanId | null;
  /** The first activation of its turn; null while nobody knows the turn. */
  readonly turnSpanId: SpanId | null;
  /** What its turn is called: after the agent, else by its name. */
  readonly turnName: string | null;
  readonly kind: SpanKind;
  readonly key: Key;
  readonly name: string;
  /** Its own, or that of the nearest span above that has one. */
  readonly agent: string | null;
  readonly status: Status;
  readonly errorType: string | null;
  /** The error happened below, and is told there. */
  readonly errorPassedOn: boolean;
  readonly detail: Held | null;
  readonly causedBy: SpanId | null;
  readonly attempt: number | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Only on a span that has left, where no time is known of it, of what lies under it and of what it lies in: when the first word of it was recorded. It had begun by then. */
  readonly recordedAt?: number;
  /** Times that nobody read off a clock. */
  readonly inferred: readonly ("startedAt" | "endedAt")[];
  readonly model: string | null;
  readonly requestModel: string | null;
  readonly provider: string | null;
  /** On model calls: what the model was asked for. */
  readonly operation: ModelOperation | null;
  /** On model calls: the managed prompt that it was made of, and which version of it. */
  readonly promptName: string | null;
  readonly promptVersion: string | null;
  readonly finishReason: string | null;
  readonly responseId: string | null;
  readonly toolCallId: string | null;
  /** On model calls. */
  readonly usage: Usage | null;
  readonly usageFinal: boolean;
  /** On model calls: when the first piece of the answer arrived. */
  readonly firstOutputAt: number | null;
  /** On turns: what the framework's own totals show beyond the calls that were seen. Signed. */
  readonly unattributed: Usage | null;
  /** On turns: false when the totals themselves are only estimates. */
  readonly totalsFinal: boolean;
  readonly reportedUsd: number | null;
  readonly input: Held | null;
  readonly output: Held | null;
  /** On work: what it was to give. */
  readonly expected: Held | null;
  readonly parameters: Held | null;
  readonly native: Held | null;
  readonly context: ContextDifference | null;
  /** On activations: it goes on from a suspension that is not in this record. */
  readonly continuation: "unknown" | null;
  readonly trigger: string | null;
  readonly links: readonly SpanLink[];
  readonly labels: SpanLabels;
  /** What happened on it, oldest first. */
  readonly marks: readonly AgentEvent[];
}
