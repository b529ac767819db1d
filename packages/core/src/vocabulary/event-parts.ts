import type { Carrier } from "./carrier.ts";
import type { ContentRef, EventId, Key } from "./ids.ts";
import type { JsonValue } from "./json.ts";

/** A time. `inferred`: reasoned from neighbours, not read off a clock. */
export interface At {
  readonly ms: number;
  readonly inferred?: true;
}

/** One vocabulary in two forms: drafts hold values, events hold references to them. */
export interface Form {
  readonly content: unknown;
  readonly context: unknown;
}
/** Drafts: values as they are. */
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
/** `unserialisable`: what a redactor gave back has no JSON text. What an application passes always has one: what JSON has no word for is said in words. */
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

export interface About<F extends Form> {
  /** The framework's own id of the conversation or thread, as it is. */
  readonly session: string;
  /** Who saw it: "stream", "hook", "transcript", "callback", "api". Several may tell of one span; the fold joins them field by field. */
  readonly source: string;
  /** Absent: now, where there is a clock; unknown, where a recording is read. */
  readonly at?: At;
  /** What the framework said and the vocabulary has no word for. Passed on, read by nobody. */
  readonly native?: F["content"];
}

export interface Opening<F extends Form> extends About<F> {
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
export interface Closing<F extends Form> extends About<F> {
  readonly key: Key;
  readonly outcome: Outcome;
  readonly output?: F["content"];
  readonly detail?: F["content"];
}

/** A point in time, on a span or (null) on the session. */
export interface Mark<F extends Form> extends About<F> {
  readonly on: Key | null;
  /** Tells it from its like on the same span, in every process: the framework's id, or a count that only this span can reach. */
  readonly mark: string;
}

/** Whose a session or a turn is and what for: said by the config, the caller or the framework. */
export interface Labels<F extends Form> {
  readonly userId?: F["content"];
  readonly feature?: string;
  readonly tags?: readonly string[];
  readonly environment?: string;
  readonly release?: string;
  readonly agentVersion?: string;
}
