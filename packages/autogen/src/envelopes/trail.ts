import {
  type BaggageEntry,
  type Carrier,
  type CarrierProblem,
  continueCarrier,
  extract,
  inject,
  type Key,
  type Medium,
  type SpanContext,
  type SpanId,
} from "@spoor/core";
import type { ActorEnvelope } from "./envelope.ts";

/** What a message says of where it comes from. */
export interface Trail {
  /** The span that sent it. Null: none that can be read. */
  readonly sender: Carrier | null;
  /** The turn in which it was sent. */
  readonly turn: Key | null;
  /** What was there and could not be read. Quotes nothing of it. */
  readonly problems: readonly CarrierProblem[];
}

/** What a sender knows of its own place. */
export interface Standpoint {
  /** The trace context that its own work came with. */
  readonly received: Carrier | null;
  readonly context: SpanContext | null;
  readonly turn: Key;
}

const turnEntry = "spoor.turn";
const senderEntry = "spoor.sender";
/** Longer than any key that is made here; what is longer came from somebody else. */
const longestKey = 1_024;

/**
 * Reads headers, message properties, a medium. Never throws; what is poisoned is a trail that nobody left, and says so. Where a transport put a span
 * of its own into the trace context on the way, the sender is still the one that sent it.
 */
export function readTrail(from: object): Trail {
  const { carrier, baggage, problems } = extract(from);
  const valueOf = (name: string): string | null =>
    baggage.find(({ key }) => key === name)?.value ?? null;
  const turn = valueOf(turnEntry);
  const sender = valueOf(senderEntry);
  return {
    sender: carrier && isSpanId(sender) ? leadingTo(sender, carrier) : carrier,
    turn: turn === null || turn === "" || turn.length > longestKey ? null : turn,
    problems,
  };
}

/** A copy of the headers in which the trail stands. `named`: its turn means something to the receiver, who is in the same conversation. */
export function writeTrail(
  { received, context, turn }: Standpoint,
  headers: Readonly<Record<string, unknown>>,
  { named }: { readonly named: boolean },
): Record<string, unknown> {
  const carrier = continueCarrier(received, context);
  const baggage = named
    ? [{ key: turnEntry, value: turn }, ...(context ? [said(senderEntry, context.spanId)] : [])]
    : withoutThoseOf(headers);
  return inject({ carrier, baggage }, headers);
}

/** The same trace context, leading to another span of its trace. */
export function leadingTo(spanId: SpanId, carrier: Carrier): Carrier {
  const [version, traceId, , flags] = carrier.traceparent.split("-");
  return { ...carrier, traceparent: [version, traceId, spanId, flags].join("-") };
}

/** What another sender left there is not ours to pass on as our own: an empty value says that there is none. */
function withoutThoseOf(headers: object): readonly BaggageEntry[] {
  const lying = new Set(extract(headers).baggage.map(({ key }) => key));
  return [turnEntry, senderEntry].filter((key) => lying.has(key)).map((key) => said(key, ""));
}

const said = (key: string, value: string): BaggageEntry => ({ key, value });

const isSpanId = (text: string | null): text is SpanId =>
  text !== null && /^(?!0{16})[0-9a-f]{16}$/.test(text);

/** A copy of what a transport takes, message headers, job options, `_meta` or a medium of your own, in which stands what the envelope carries. */
export function carry<Filled>(envelope: Carrying, into: Medium<Filled>): Filled;
export function carry<Value = never>(
  envelope: Carrying,
  into: Readonly<Record<string, Value>>,
): Record<string, Value | string>;
export function carry(envelope: Carrying, into: object): unknown {
  return inject(extract(envelope.headers), into as Readonly<Record<string, unknown>>);
}

type Carrying = Pick<ActorEnvelope, "headers">;
