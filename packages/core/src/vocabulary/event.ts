import type { SpanContext } from "./carrier.ts";
import type {
  CheckpointSaved,
  CheckpointWritten,
  CheckpointRefused,
  CheckpointRestored,
  CheckpointRemoved,
} from "./checkpoint-events.ts";
import type { Form, Said, Recorded } from "./event-parts.ts";
import type { EventId, SpanId, TraceId } from "./ids.ts";
import type {
  SessionStarted,
  UsageReported,
  OutputBegan,
  SpanAmended,
  MessageSent,
  MessageReceived,
  MessageUnhandled,
  HandoffMade,
  InterruptRaised,
  InterruptResolved,
  AttemptFailed,
  DecisionMade,
  ScoreGiven,
  LimitReached,
  FindingRaised,
  LogWritten,
  NativeNoted,
  RecordReduced,
} from "./mark-events.ts";
import type {
  TurnStarted,
  WorkStarted,
  ModelStarted,
  ToolStarted,
  TurnEnded,
  WorkEnded,
  ModelEnded,
  ToolEnded,
} from "./span-events.ts";

export type { ContentRef, EventId, Key, SpanId, TraceId } from "./ids.ts";
export type {
  At,
  Said,
  Recorded,
  Held,
  WithheldReason,
  FullContext,
  ContextDifference,
  Outcome,
} from "./event-parts.ts";
export type { Link, WorkKind, ModelOperation } from "./span-events.ts";
export type { MessageFate } from "./mark-events.ts";

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
  | MessageUnhandled<F>
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
/** What an event may be: `noun.verb-past`, a closed list. */
export type EventType = AgentEvent["type"];
/** The events of one type, as they are recorded. */
export type EventOf<Type extends EventType> = Extract<AgentEvent, { readonly type: Type }>;
/** The drafts of one type, as they are said. */
export type DraftOf<Type extends EventType> = Extract<EventDraft, { readonly type: Type }>;

export type OpeningType = "turn.started" | "work.started" | "model.started" | "tool.started";
export type ClosingType = "turn.ended" | "work.ended" | "model.ended" | "tool.ended";
/** Begins a span. */
export type OpeningEvent = EventOf<OpeningType>;
/** Ends a span. */
export type ClosingEvent = EventOf<ClosingType>;
/** Neither: a point in time, on a span or on the session. */
export type MarkEvent = Exclude<AgentEvent, OpeningEvent | ClosingEvent>;
export type OpeningDraft = DraftOf<OpeningType>;
export type ClosingDraft = DraftOf<ClosingType>;
export type MarkDraft = Exclude<EventDraft, OpeningDraft | ClosingDraft>;
