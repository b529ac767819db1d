import type { Carrier, SpanContext } from "./carrier.ts";
import type { ContentRef, EventId, Key, SpanId, TraceId } from "./ids.ts";
import type { JsonValue } from "./json.ts";
import type { Usage } from "./usage.ts";

export type { ContentRef, EventId, Key, SpanId, TraceId } from "./ids.ts";

/** A time. `inferred`: reasoned from neighbours, not read off a clock. */
export interface At {
  readonly ms: number;
  readonly inferred?: true;
}

/** One vocabulary in two forms: drafts hold values, events hold references to them. */
interface Form {
  readonly content: unknown;
  readonly context: unknown;
}
export interface Said extends Form {
  readonly content: JsonValue;
  readonly context: FullContext;
}
export interface Recorded extends Form {
  readonly content: Held;
  readonly context: ContextDifference;
}

/** Missing is an absent field; cut is said where the value lies; erased is found out on reading. */
export type Held = ContentRef | { readonly withheld: WithheldReason };
/** `unserialisable`: no JSON text can be made of it (a cycle, a bigint, a getter that throws). */
export type WithheldReason = "policy" | "redactor failed" | "unserialisable";

/** All that a call was sent. Pass the same object for the same message: it is then neither serialised nor scanned again. */
export interface FullContext {
  readonly instructions?: JsonValue;
  readonly tools?: JsonValue;
  readonly messages: readonly JsonValue[];
}

/** What the call that event `from` opened was sent, without the `cut` messages after the first `keep`, plus `add`: appends, trims and compactions all stay small. */
export interface ContextDifference {
  readonly from: EventId | null;
  readonly keep: number;
  readonly cut: number;
  readonly count: number;
  /** More than 512 go into one piece of content that lists them: an entry stays below 64 KB. */
  readonly add: readonly Held[] | ContentRef;
  readonly instructions?: Held;
  readonly tools?: Held;
}

/** `passedOn`: the error of a span below, on its way up. It is told, and counted, where it happened. */
export type Outcome =
  | { readonly status: "ok" | "cancelled" | "suspended" }
  | { readonly status: "error"; readonly errorType: string; readonly passedOn?: true };

interface About<F extends Form> {
  /** The framework's own id of the conversation or thread, as it is. */
  readonly session: string;
  /** Who saw it: "stream", "hook", "transcript", "callback", "api". Several may tell of one span; the fold joins them field by field. */
  readonly source: string;
  /** Absent: now, where there is a clock; unknown, where a recording is read. */
  readonly at?: At;
  /** What the framework said and the vocabulary has no word for. Passed on, read by nobody. */
  readonly native?: F["content"];
}

interface Opening<F extends Form> extends About<F> {
  readonly key: Key;
  readonly name: string;
  readonly agent?: string;
  readonly causedBy?: Key;
  readonly attempt?: number;
  readonly input?: F["content"];
  /** Absent: not known yet; on a turn: none but the active span. A key that nobody has opened yet is fine. */
  readonly parent?: Key | Carrier;
}

/** Never invented: what nobody saw ending is open. `detail`: error text, reason of a cancellation. */
interface Closing<F extends Form> extends About<F> {
  readonly key: Key;
  readonly outcome: Outcome;
  readonly output?: F["content"];
  readonly detail?: F["content"];
}

/** A point in time, on a span or (null) on the session. */
interface Mark<F extends Form> extends About<F> {
  readonly on: Key | null;
  /** Tells it from its like on the same span, in every process: the framework's id, or a count that only this span can reach. */
  readonly mark: string;
}

interface Labels<F extends Form> {
  readonly userId?: F["content"];
  readonly feature?: string;
  readonly tags?: readonly string[];
  readonly environment?: string;
  readonly release?: string;
  readonly agentVersion?: string;
}

/** A mark, because nobody sees a session end. `inferred`: the framework gave no session id, this is the root's key. */
export interface SessionStarted<F extends Form> extends Mark<F>, Labels<F> {
  readonly type: "session.started";
  readonly on: null;
  readonly framework: string;
  readonly frameworkVersion?: string;
  readonly inferred?: true;
}

/** An activation; the first one of a turn is the turn. The translator decides where turns begin and end. */
export interface TurnStarted<F extends Form> extends Opening<F>, Labels<F> {
  readonly type: "turn.started";
  readonly trigger?: string;
  readonly links?: readonly Link[];
  /** Goes on from a suspension: the name it waits under, or true for the session's latest. The recorder finds the turn. */
  readonly resumes?: string | true;
}
export type Link = { readonly kind: "fork" | "cause" } & (
  | { readonly session: string; readonly key: Key }
  | { readonly carrier: Carrier }
);
export type WorkKind =
  | "workflow"
  | "agent"
  | "task"
  | "step"
  | "retrieval"
  | "guardrail"
  | "compaction"
  | "other";
export interface WorkStarted<F extends Form> extends Opening<F> {
  readonly type: "work.started";
  readonly kind: WorkKind;
}
/** What a model was asked for; the word is that of OpenTelemetry's conventions. */
export type ModelOperation = "chat" | "text_completion" | "embeddings";
export interface ModelStarted<F extends Form> extends Opening<F> {
  readonly type: "model.started";
  /** Absent: nobody told, which is most often a chat. */
  readonly operation?: ModelOperation;
  readonly provider?: string;
  readonly requestModel?: string;
  /** The managed prompt that it was made of, and which version of it. */
  readonly promptName?: string;
  readonly promptVersion?: string;
  readonly context?: F["context"];
  readonly parameters?: F["content"];
}
/** Its parent is the agent, step or turn that runs it; the model call that asked for it is `causedBy`. */
export interface ToolStarted<F extends Form> extends Opening<F> {
  readonly type: "tool.started";
  readonly toolCallId?: string;
}

export interface TurnEnded<F extends Form> extends Closing<F> {
  readonly type: "turn.ended";
}
export interface WorkEnded<F extends Form> extends Closing<F> {
  readonly type: "work.ended";
}
export interface ModelEnded<F extends Form> extends Closing<F> {
  readonly type: "model.ended";
  readonly model?: string;
  readonly finishReason?: string;
  readonly responseId?: string;
}
export interface ToolEnded<F extends Form> extends Closing<F> {
  readonly type: "tool.ended";
}

/**
 * What a call used, or what a counter read. A counter (`meter`) covers the calls that name it, whatever subtree they lie in, and those of
 * its own turn that name none; what it shows beyond them is unattributed. One report a model where the framework splits its total.
 * `reportedUsd` is what the framework says it cost: a fact about the framework, not a price.
 */
export interface UsageReported<F extends Form> extends Mark<F> {
  readonly type: "usage.reported";
  readonly on: Key;
  readonly basis: "call" | "total";
  readonly usage: Usage;
  readonly final: boolean;
  readonly meter?: string;
  readonly model?: string;
  readonly reportedUsd?: number;
}

/** The first piece of a model's answer arrived: the time to it is read from here. */
export interface OutputBegan<F extends Form> extends Mark<F> {
  readonly type: "output.began";
  readonly on: Key;
}

/** Late knowledge; fills in, never overwrites. Spans that share an `alias` are one: so two sources that name a turn differently meet. */
export interface SpanAmended<F extends Form> extends Mark<F> {
  readonly type: "span.amended";
  readonly on: Key;
  readonly parent?: Key | Carrier;
  readonly causedBy?: Key;
  readonly name?: string;
  readonly input?: F["content"];
  readonly output?: F["content"];
  readonly alias?: Key;
}
export interface MessageSent<F extends Form> extends Mark<F> {
  readonly type: "message.sent";
  readonly role: string;
  readonly content: F["content"];
}
export interface MessageReceived<F extends Form> extends Mark<F> {
  readonly type: "message.received";
  readonly role: string;
  readonly content: F["content"];
}
export interface HandoffMade<F extends Form> extends Mark<F> {
  readonly type: "handoff.made";
  readonly to: string;
}
/** `wait`: the name that a suspension waits under. */
export interface InterruptRaised<F extends Form> extends Mark<F> {
  readonly type: "interrupt.raised";
  readonly wait?: string;
  readonly payload?: F["content"];
}
export interface InterruptResolved<F extends Form> extends Mark<F> {
  readonly type: "interrupt.resolved";
  readonly wait?: string;
  readonly answer?: F["content"];
}
/** The framework will try again inside the same call; attempts that are spans of their own carry `attempt` instead. */
export interface AttemptFailed<F extends Form> extends Mark<F> {
  readonly type: "attempt.failed";
  readonly errorType: string;
  readonly retryDelayMs?: number;
}
export interface DecisionMade<F extends Form> extends Mark<F> {
  readonly type: "decision.made";
  readonly kind: string;
  readonly choice: F["content"];
  readonly options?: F["content"];
  readonly why?: F["content"];
}
/** A checkpointer says that it has the state. `state`: what was in it, as digests; the values themselves are nowhere here. */
export interface CheckpointSaved<F extends Form> extends Mark<F> {
  readonly type: "checkpoint.saved";
  readonly checkpoint: Key;
  readonly hash?: string;
  /** The checkpoint that it goes on from. Absent: none. It is no `parent`: that is a span's. */
  readonly after?: Key;
  /** Which graph of the thread. Absent: the outermost one. */
  readonly namespace?: string;
  readonly step?: number;
  /** What it comes from, in the framework's word: input, loop, update, fork. */
  readonly origin?: string;
  /** What the application calls this point. */
  readonly label?: string;
  readonly state?: F["content"];
}
/** What a task wrote, held by the checkpointer until its step is over. `writes`: as digests. */
export interface CheckpointWritten<F extends Form> extends Mark<F> {
  readonly type: "checkpoint.written";
  /** The checkpoint whose next step the task belongs to. */
  readonly checkpoint: Key;
  readonly namespace?: string;
  readonly task: Key;
  readonly writes?: F["content"];
}
/** A checkpointer did not take it, or did not say that it did: it may lie there all the same. */
export interface CheckpointRefused<F extends Form> extends Mark<F> {
  readonly type: "checkpoint.refused";
  /** Absent: it was to remove what it has of the thread. */
  readonly checkpoint?: Key;
  readonly namespace?: string;
  /** Absent: it was to save the checkpoint itself, and not what a task wrote. */
  readonly task?: Key;
  readonly errorType: string;
  readonly detail?: F["content"];
}
/** Work goes on from a state that a checkpointer gave. `state`: what was in it, as digests. */
export interface CheckpointRestored<F extends Form> extends Mark<F> {
  readonly type: "checkpoint.restored";
  readonly checkpoint: Key;
  readonly namespace?: string;
  readonly state?: F["content"];
}
/** The application had the checkpointer remove it. */
export interface CheckpointRemoved<F extends Form> extends Mark<F> {
  readonly type: "checkpoint.removed";
  /** Absent: all of the thread. */
  readonly checkpoint?: Key;
  readonly namespace?: string;
  /** What of it was left on purpose, in the framework's word. */
  readonly kept?: string;
}
export interface ScoreGiven<F extends Form> extends Mark<F> {
  readonly type: "score.given";
  readonly name: string;
  readonly value: number | string | boolean;
  readonly why?: F["content"];
}
export interface LimitReached<F extends Form> extends Mark<F> {
  readonly type: "limit.reached";
  readonly limit: string;
  readonly value: number;
}
/** Its mark is a hash of detector and evidence. */
export interface FindingRaised<F extends Form> extends Mark<F> {
  readonly type: "finding.raised";
  readonly code: string;
  readonly severity: "info" | "warning" | "critical";
  readonly evidence: readonly EventId[];
  readonly detail?: F["content"];
}
export interface LogWritten<F extends Form> extends Mark<F> {
  readonly type: "log.written";
  readonly level: string;
  readonly content: F["content"];
}
/** A native line without a word here: kept and counted, never fatal. */
export interface NativeNoted<F extends Form> extends Mark<F> {
  readonly type: "native.noted";
  readonly name: string;
}

/**
 * The record of the session holds less since then, and this says on whose behalf. `content`: values that entries of this lane before it refer to;
 * `entries`: the entries themselves. What is gone without such a word was not taken by Spoor.
 */
export interface RecordReduced<F extends Form> extends Mark<F> {
  readonly type: "record.reduced";
  readonly on: null;
  readonly what: "content" | "entries";
  readonly why: "erasure" | "retention";
  /** Of this lane; absent: all that were there. */
  readonly segment?: number;
  /** The words of who asked for it: a ticket, a policy. */
  readonly reason?: string;
}

type Facts<F extends Form> =
  | SessionStarted<F>
  | TurnStarted<F>
  | TurnEnded<F>
  | WorkStarted<F>
  | WorkEnded<F>
  | ModelStarted<F>
  | ModelEnded<F>
  | ToolStarted<F>
  | ToolEnded<F>
  | UsageReported<F>
  | OutputBegan<F>
  | SpanAmended<F>
  | MessageSent<F>
  | MessageReceived<F>
  | HandoffMade<F>
  | InterruptRaised<F>
  | InterruptResolved<F>
  | AttemptFailed<F>
  | DecisionMade<F>
  | CheckpointSaved<F>
  | CheckpointWritten<F>
  | CheckpointRefused<F>
  | CheckpointRestored<F>
  | CheckpointRemoved<F>
  | ScoreGiven<F>
  | LimitReached<F>
  | FindingRaised<F>
  | LogWritten<F>
  | NativeNoted<F>
  | RecordReduced<F>;

/** What an adapter says happened. */
export type EventDraft = Facts<Said>;

/** Of the event format. What is written is the last one; each before it is still read. */
export type EventVersion = 0 | 1;
export const eventVersion: EventVersion & 1 = 1;

/** What the recorder adds. No name here may be a draft's: a type test holds them apart. */
export interface Stamp {
  readonly v: EventVersion;
  readonly id: EventId;
  /** Milliseconds since the epoch; never falls within a lane. */
  readonly recordedAt: number;
  /** Gapless per lane. */
  readonly sequence: number;
  /** The span this is about; null for the session's own marks. */
  readonly spanId: SpanId | null;
  /** On openings whose turn is known, so that a span can leave without its history. */
  readonly traceId?: TraceId;
  /** On an activation that resumes: the turn's first span. Null: not found, `continuation: "unknown"`. */
  readonly turnSpanId?: SpanId | null;
  /** On an activation that resumes: the one that was suspended, in the same trace. Absent: not found. */
  readonly suspendedSpanId?: SpanId;
  /** On the first activation of a turn: the turn of its session that its recorder saw begin last before it. Absent: it had seen none. */
  readonly previous?: SpanContext;
  /** On `session.started`: the redaction that was in force. Absent: none was. */
  readonly redaction?: string;
}

/** A recorded fact. Never changed; better knowledge is another fact. */
export type AgentEvent = Facts<Recorded> & Stamp;
export type EventType = AgentEvent["type"];
export type EventOf<Type extends EventType> = Extract<AgentEvent, { readonly type: Type }>;
export type DraftOf<Type extends EventType> = Extract<EventDraft, { readonly type: Type }>;

export type OpeningType = "turn.started" | "work.started" | "model.started" | "tool.started";
export type ClosingType = "turn.ended" | "work.ended" | "model.ended" | "tool.ended";
export type OpeningEvent = EventOf<OpeningType>;
export type ClosingEvent = EventOf<ClosingType>;
export type MarkEvent = Exclude<AgentEvent, OpeningEvent | ClosingEvent>;
export type OpeningDraft = DraftOf<OpeningType>;
export type ClosingDraft = DraftOf<ClosingType>;
export type MarkDraft = Exclude<EventDraft, OpeningDraft | ClosingDraft>;
