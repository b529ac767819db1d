import type {
  At,
  Carrier,
  Key,
  Link,
  ModelOptions,
  OwnLabels,
  Recordable,
  Scope,
  ScopeOptions,
  SpanContext,
  ToolOptions,
  WorkOptions,
} from "@spoor/core";

/** A scope, of a crew or of core. */
export interface WithSpan {
  readonly context: SpanContext | null;
}

/** Options of core, in which things go by the ids that they have in their kickoff. */
export type InKickoff<Options extends ScopeOptions> = Omit<Options, "key" | "causedBy"> & {
  /** What your framework calls it: unique in its kickoff, but for its attempts. `find` knows it by that, and what is told twice is told once. */
  readonly id?: string;
  /** What asked for it, mostly a call of a model: a scope, or an id. Null, as `find` gives it: nobody knows. */
  readonly causedBy?: { readonly key: Key } | string | null;
};

/** `input`: what it was told, its description and what came from other tasks. `expected`: what it is to give. `agent`: who is to do it. */
export type CrewWorkOptions = InKickoff<WorkOptions> & {
  /** What it goes on from, mostly tasks whose outputs it is given: scopes, or ids. What `find` has not found may stand there as it is. */
  readonly after?: readonly (WithSpan | string | null)[];
};
export type CrewToolOptions = InKickoff<ToolOptions>;
export type CrewModelOptions = InKickoff<ModelOptions>;

/** When something happened, where another library says so. Default: now. */
export interface Moment {
  readonly at?: At;
}

export interface KickoffOptions extends OwnLabels {
  /** Unique in its session, or in the work that it begins inside of. Default: one is made. */
  readonly id?: string;
  /** The conversation or thread that it belongs to. Default: one of its own, marked as inferred. */
  readonly session?: string;
  readonly input?: Recordable;
  /** How the crew is put together: its process, agents and tasks. Kept as it is. */
  readonly structure?: Recordable;
  /**
   * Where it lies. Default: inside of the work that is active in the observer, so that a crew in a flow, or in the tool of another crew, is a part of
   * that. Null: it is a turn of its own wherever it is started.
   */
  readonly under?: { readonly scope: Scope } | Scope | null;
  /** Goes on from where a person was asked: the name that this waits under, or true for the session's latest. */
  readonly resumes?: string | true;
  /** Trace context that came with the request. Default: that of the span of your OpenTelemetry that is active. */
  readonly parent?: Carrier;
  readonly links?: readonly Link[];
  /** Default: `kickoff`. */
  readonly trigger?: string;
  readonly at?: At;
}
