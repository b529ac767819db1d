import type {
  CostReport,
  JsonValue,
  SessionSummary,
  SpanKind,
  SpanLink,
  Status,
  UsageReport,
} from "@spoor/core";
import type { WaysTold } from "@spoor/core/report";

/** The place of something in one of the page's lists, from 0. */
export type Place = number;

/**
 * All that the page shows of a session, as it stands in its data block: written and read by one version of one package, so it may change
 * from release to release. An absent field is unknown or was not said; a number is never a stand-in for that.
 */
export interface PageData {
  readonly session: SessionSummary;
  readonly turns: readonly PageTurn[];
  /** Turn after turn, each depth first; then what lies in no turn. */
  readonly spans: readonly PageSpan[];
  /** The session's own. */
  readonly marks: readonly PageMark[];
  /** Whatever models were sent, each once; contexts name their places here. */
  readonly messages: readonly PageMessage[];
  /** Whatever was said, each once. Everything else names its place here. */
  readonly texts: readonly PageText[];
  readonly leftOut: LeftOut;
}

/** What did not fit. */
export interface LeftOut {
  /** Turns at the beginning whose spans are not here; their figures are. */
  readonly turns: number;
  /** All that are not here. */
  readonly spans: number;
  /** Of them, at the beginning of the last turn, where it alone is too long, and of what lies in no turn. */
  readonly ofLastTurn: number;
  readonly ofNoTurn: number;
  /** Texts of which the middle is not here, and how long one may be; in characters. */
  readonly texts: number;
  readonly longestText: number;
}

export interface PageTurn {
  readonly id: string;
  readonly traceId: string;
  readonly status: Status;
  readonly activations: number;
  readonly continuation?: "unknown";
  /** Milliseconds since the epoch, as all times here. */
  readonly start?: number;
  readonly end?: number;
  readonly input?: Place;
  readonly output?: Place;
  /** Its last model call that is not a subagent's, else its last: what its context is. */
  readonly call?: Place;
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly errors: number;
  readonly compactions: number;
  readonly usage: UsageReport;
  /** Of some call only snapshots of a growing number were seen. */
  readonly usageGrowing?: true;
  readonly unattributed?: UsageReport;
  readonly cost: CostReport;
  readonly links: readonly SpanLink[];
}

export interface PageSpan {
  readonly id: string;
  /** The span above, where it is on this page. */
  readonly parent?: Place;
  /** Index of its turn. */
  readonly turn?: number;
  readonly kind: SpanKind;
  readonly name: string;
  readonly key: string;
  readonly status: Status;
  readonly start?: number;
  readonly end?: number;
  readonly inferred?: readonly ("startedAt" | "endedAt")[];
  readonly agent?: string;
  readonly model?: string;
  readonly requestModel?: string;
  readonly provider?: string;
  readonly finishReason?: string;
  readonly attempt?: number;
  readonly toolCallId?: string;
  readonly usage?: UsageReport;
  /** Only snapshots of a growing number were seen. */
  readonly usageGrowing?: true;
  readonly usd?: number;
  readonly reportedUsd?: number;
  /** The span that asked for it: its place, or its id where it is not on this page. */
  readonly cause?: Place | string;
  readonly error?: { readonly type: string; readonly message?: Place };
  readonly input?: Place;
  readonly output?: Place;
  /** What it was to give. */
  readonly expected?: Place;
  readonly parameters?: Place;
  readonly native?: Place;
  readonly context?: PageContext;
  /** Where it stood in its graph and where it went from there, of a span that said so. */
  readonly way?: Partial<WaysTold>;
  readonly marks?: readonly PageMark[];
}

/**
 * What a model call was sent: what the call before it in its conversation, at `from`, was sent, without the `cut` messages after the first `keep`,
 * and with `add` in their place.
 */
export interface PageContext {
  readonly from?: Place;
  readonly keep: number;
  readonly cut: number;
  /** Places of messages. */
  readonly add: readonly Place[];
  readonly instructions?: Place;
  readonly tools?: Place;
  /** Nobody recorded the request: this is what is known to have been said before it, and these parts of it are not known. */
  readonly reconstructed?: readonly string[];
  /** A part of the list is not in the journal any more; how many messages there were is known. */
  readonly gone?: number;
}

/** A point in time, with what it says field by field. */
export interface PageMark {
  readonly type: string;
  readonly at?: number;
  readonly inferred?: true;
  readonly source: string;
  readonly fields: readonly (readonly [name: string, text: Place])[];
}

/** A value as text. */
export interface PageText {
  readonly text: string;
  /** It is JSON text, not somebody's words. */
  readonly json?: true;
  /** How many characters it has, where its middle is not here. */
  readonly cutFrom?: number;
}

/** Something that a model was sent. */
export interface PageMessage {
  readonly text: Place;
  readonly role?: string;
  /** The span that it was said in, where that is known. */
  readonly span?: Place;
  /** The first turn in which it was sent; absent where it was said more than once. */
  readonly turn?: number;
}

export type { JsonValue, SpanKind, Status, UsageReport };
