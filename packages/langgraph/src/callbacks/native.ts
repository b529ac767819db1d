/** Fields that came from outside: each one is looked at before it is believed. */
export type Fields = Readonly<Record<string, unknown>>;

interface Callback {
  /** When it happened, where the witness had a clock. Absent: now, or unknown in a recording. */
  readonly atMs?: number;
  /** Tells this callback from its like on the same run: its place in a recording, or a count by the live handler. */
  readonly order?: number;
}
interface OfRun extends Callback {
  readonly runId: string;
}
interface RunStarted extends OfRun {
  readonly parentRunId?: string;
  readonly runName?: string;
  /** LangChain's id of the class that runs, from its package inwards. */
  readonly classPath: readonly string[];
  readonly tags: readonly string[];
  readonly metadata: Fields;
}

export interface ChainStarted extends RunStarted {
  readonly kind: "chain.started";
  readonly runType?: string;
  readonly inputs: unknown;
}
export interface ModelStarted extends RunStarted {
  readonly kind: "model.started";
  /** Messages of a chat model, or the prompts of a text model. */
  readonly messages: readonly unknown[];
  readonly invocationParams: Fields;
}
export interface ToolStarted extends RunStarted {
  readonly kind: "tool.started";
  readonly toolCallId?: string;
  readonly input: unknown;
}
export interface RetrieverStarted extends RunStarted {
  readonly kind: "retriever.started";
  readonly query: unknown;
}
/** A token, a stream event, a tool's partial result: the run goes on. */
export interface RunProgressed extends OfRun {
  readonly kind: "run.progressed";
  /** A model's answer came in pieces, and this is one of them: text, reasoning, a part of a tool call. */
  readonly carriesContent?: true;
  /** What LangChain counts for this piece. */
  readonly usage?: Fields;
  /** What LangChain counts for all pieces so far. */
  readonly usageSoFar?: Fields;
}
export interface RunEnded extends OfRun {
  readonly kind: "run.ended";
  readonly output: unknown;
  /** The answer came from LangChain's own cache, so no provider was called. */
  readonly cached?: true;
}
export interface RunFailed extends OfRun {
  readonly kind: "run.failed";
  readonly error: unknown;
}
interface Suspension extends OfRun {
  readonly checkpointId?: string;
  /** Empty for the outermost graph. */
  readonly checkpointNamespace: readonly unknown[];
}
export interface Interrupted extends Suspension {
  readonly kind: "interrupted";
  /** "pending" where something asks; else at which kind of breakpoint it stopped. */
  readonly status?: string;
  readonly interrupts: readonly unknown[];
}
export interface Resumed extends Suspension {
  readonly kind: "resumed";
}
/** What the application dispatched itself. */
export interface CustomEvent extends OfRun {
  readonly kind: "custom";
  readonly name: string;
  readonly data: unknown;
}
/** The first line of a recording. */
export interface Header extends Callback {
  readonly kind: "header";
  readonly frameworkVersion?: string;
}
/** A line that the recording's maker wrote for himself. */
export interface Note extends Callback {
  readonly kind: "note";
}
/** A callback that nobody has taught this adapter. */
export interface UnknownCallback extends Callback {
  readonly kind: "unknown";
  readonly name: string;
  readonly runId?: string;
  readonly arguments: unknown;
}

export type StartedCallback = ChainStarted | ModelStarted | ToolStarted | RetrieverStarted;

/** One callback of LangChain's handler interface, by name; what it carries is live objects or their recorded stand-ins. */
export type LangGraphCallback =
  | StartedCallback
  | RunProgressed
  | RunEnded
  | RunFailed
  | Interrupted
  | Resumed
  | CustomEvent
  | Header
  | Note
  | UnknownCallback;
