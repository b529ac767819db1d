import type { Carrier } from "./carrier.ts";
import type { Form, Labels, Mark } from "./event-parts.ts";
import type { EventId, Key } from "./ids.ts";
import type { Usage } from "./usage.ts";

/** A mark, because nobody sees a session end. `inferred`: the framework gave no session id, this is the root's key. */
export interface SessionStarted<F extends Form> extends Mark<F>, Labels<F> {
  readonly type: "session.started";
  readonly on: null;
  readonly framework: string;
  readonly frameworkVersion?: string;
  readonly inferred?: true;
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
  readonly expected?: F["content"];
  readonly alias?: Key;
}
/** Who a message is from and to, by the names that the framework calls them. `to`: an actor, or the topic that others listen on. */
interface Addressed {
  readonly from?: string;
  readonly to?: string;
}
export interface MessageSent<F extends Form> extends Mark<F>, Addressed {
  readonly type: "message.sent";
  readonly role: string;
  readonly content: F["content"];
}
export interface MessageReceived<F extends Form> extends Mark<F>, Addressed {
  readonly type: "message.received";
  readonly role: string;
  readonly content: F["content"];
}
/** What became of a message that nobody handled, or not for good. */
export type MessageFate = "dropped" | "rejected" | "expired" | "undelivered" | "dead-lettered";
/** Nobody handled it, or not for good: on the work that knows it. `message`: what its sender calls it. */
export interface MessageUnhandled<F extends Form> extends Mark<F>, Addressed {
  readonly type: "message.unhandled";
  readonly fate: MessageFate;
  readonly message: Key;
  /** Which delivery it was, where somebody counts. */
  readonly attempt?: number;
  readonly reason?: F["content"];
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
/** A native line without a word here: kept and counted, never fatal. `warns`: something is amiss, and who reads the record wants to see it. */
export interface NativeNoted<F extends Form> extends Mark<F> {
  readonly type: "native.noted";
  readonly name: string;
  readonly warns?: true;
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
