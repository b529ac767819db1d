import type { EventId, Key, SpanId, TraceId } from "../vocabulary/event.ts";
import type { JsonValue } from "../vocabulary/json.ts";
import type { SpanKind, SpanLink, Status } from "../run-tree/span.ts";

/**
 * What `spoor show --json` prints: a contract with whoever reads it. Fields are added, their meanings never change. Times are ISO 8601 in UTC
 * with milliseconds; null is unknown, never zero.
 */
export interface SessionReport {
  readonly session: SessionSummary;
  readonly turns: readonly TurnReport[];
  /** Spans whose turn is not known. */
  readonly unplaced: readonly SpanReport[];
  /** Marks that lie in no turn: the session's own, and those on unplaced spans. */
  readonly marks: readonly MarkReport[];
}

/** Tokens. The three kinds of input do not overlap; reasoning is a part of output. */
export interface UsageReport {
  readonly input: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
}

/** What it cost by our prices, and what the framework says it cost. */
export interface CostReport {
  readonly usd: number | null;
  readonly reportedUsd: number | null;
  /** Model calls that have no price. With those of `unpricedRests`, they are missing in `usd`, which is a lower bound then. */
  readonly unpriced: number;
  /** Rests of turns that have no price: what was used by no call that was seen, each model of it that nobody has a price of once. */
  readonly unpricedRests: number;
}

export interface SessionSummary {
  readonly id: string;
  /** The framework gave no session id; this is the key of its root. */
  readonly inferred: boolean;
  readonly framework: string | null;
  readonly userId: JsonValue;
  readonly feature: string | null;
  readonly tags: readonly string[];
  readonly environment: string | null;
  readonly release: string | null;
  /** That of its last turn; open where no turn is known. */
  readonly status: Status;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly turns: number;
  readonly modelCalls: number;
  readonly toolCalls: number;
  /** Spans with an error. */
  readonly errors: number;
  /** The sum over model calls. */
  readonly usage: UsageReport;
  /** Used, by the framework's own totals, but by no call that was seen. */
  readonly unattributed: UsageReport | null;
  /** False when something was used that nobody could count. */
  readonly usageComplete: boolean;
  readonly cost: CostReport;
}

export interface TurnReport {
  readonly index: number;
  /** The span id of its first activation. */
  readonly turnId: SpanId;
  readonly traceId: TraceId;
  readonly activations: number;
  readonly continuation: "unknown" | null;
  /** That of its last activation. */
  readonly status: Status;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly input: JsonValue;
  readonly output: JsonValue;
  readonly usage: UsageReport;
  readonly unattributed: UsageReport | null;
  readonly cost: CostReport;
  readonly links: readonly SpanLink[];
  /** Depth first, each before what hangs on it, siblings by time. */
  readonly spans: readonly SpanReport[];
  /** In order of time. */
  readonly marks: readonly MarkReport[];
}

export interface SpanReport {
  readonly spanId: SpanId;
  readonly parentSpanId: SpanId | null;
  readonly kind: SpanKind;
  readonly name: string;
  readonly key: Key;
  readonly status: Status;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Times that nobody read off a clock. */
  readonly inferred: readonly ("startedAt" | "endedAt")[];
  readonly agent: string | null;
  readonly model: string | null;
  readonly requestModel: string | null;
  readonly provider: string | null;
  readonly finishReason: string | null;
  readonly usage: UsageReport | null;
  readonly usageFinal: boolean;
  /** On model calls: when the first piece of the answer arrived. */
  readonly firstOutputAt: string | null;
  readonly costUsd: number | null;
  readonly toolCallId: string | null;
  /** What asked for it, or set it off; of several, the first of its links. */
  readonly causedBy: SpanId | null;
  /** What else it belongs with, as it was recorded: of work, all that set it off. Of a turn, what follows from the order of turns stands on the turn. */
  readonly links: readonly SpanLink[];
  readonly error: ErrorReport | null;
  /** Of the redacted context; null where there is none or a part of it is gone. */
  readonly contextHash: string | null;
  readonly attempt: number | null;
  /** What it was to give, and what it gave; null where nobody said what was expected of it. */
  readonly expected: JsonValue;
  readonly actual: JsonValue;
}

export interface ErrorReport {
  readonly type: string;
  readonly message: string | null;
}

/** A point in time, with the fields that the vocabulary gives its type; content as values. */
export interface MarkReport {
  readonly type: string;
  readonly id: EventId;
  /** Null: the session's own. */
  readonly spanId: SpanId | null;
  readonly at: string | null;
  readonly [field: string]: JsonValue;
}
