import type { Carrier } from "./carrier.ts";
import type { Closing, Form, Labels, Opening } from "./event-parts.ts";
import type { Key } from "./ids.ts";

/** An activation; the first one of a turn is the turn. The translator decides where turns begin and end. */
export interface TurnStarted<F extends Form> extends Opening<F>, Labels<F> {
  readonly type: "turn.started";
  readonly trigger?: string;
  readonly links?: readonly Link[];
  /** Goes on from a suspension: the name it waits under, or true for the session's latest. The recorder finds the turn. */
  readonly resumes?: string | true;
}
/** A span that this one follows from without being a part of it, by its key in some session or by a carrier. */
export type Link = { readonly kind: "fork" | "cause" } & (
  | { readonly session: string; readonly key: Key }
  | { readonly carrier: Carrier }
);
/** A `retrieval` looks something up, in a memory too; a `memory` is what changes one: saves, forgets. */
export type WorkKind =
  | "workflow"
  | "agent"
  | "task"
  | "step"
  | "plan"
  | "retrieval"
  | "memory"
  | "guardrail"
  | "compaction"
  | "other";
export interface WorkStarted<F extends Form> extends Opening<F> {
  readonly type: "work.started";
  readonly kind: WorkKind;
  /** What set it off, beside or instead of what it is part of: one for each message that it handles. */
  readonly links?: readonly Link[];
  /** What it was to give, as whoever asked for it put it: beside its output, so that the two can be compared. */
  readonly expected?: F["content"];
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
