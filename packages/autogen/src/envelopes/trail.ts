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
} from "@spoor/core";
import type { ActorEnvelope } from "./envelope.ts";

/** What a message says of where it comes from. */
export interface Trail {
  /** The span that sent it. Null: none that can be read. */
  readonly carrier: Carrier | null;
  /** The turn in which it was sent. */
  readonly turn: Key | null;
  /** The work that sent it. */
  readonly cause: Key | null;
  /** What was there and could not be read. Quotes nothing of it. */
  readonly problems: readonly CarrierProblem[];
}

/** What a sender knows of its own place. */
export interface Standpoint {
  readonly received: Carrier | null;
  readonly context: SpanContext | null;
  readonly turn: Key | null;
  readonly cause: Key;
}

const turnEntry = "spoor.turn";
const causeEntry = "spoor.cause";
/** Longer than any key that is made here; what is longer came from somebody else. */
const longestKey = 1_024;

/** Reads headers, message properties, a medium. Never throws; what is poisoned is a trail that nobody left, and says so. */
export function readTrail(from: object): Trail {
  const { carrier, baggage, problems } = extract(from);
  const keyUnder = (name: string): Key | null => {
    const value = baggage.find(({ key }) => key === name)?.value;
    return value === undefined || value === "" || value.length > longestKey ? null : value;
  };
  return { carrier, turn: keyUnder(turnEntry), cause: keyUnder(causeEntry), problems };
}

/** A copy of the headers in which the trail stands. `named`: its keys mean something to the receiver, who is in the same conversation. */
export function writeTrail(
  standpoint: Standpoint,
  headers: Readonly<Record<string, unknown>>,
  { named }: { readonly named: boolean },
): Record<string, unknown> {
  const { received, context } = standpoint;
  const lying = readTrail(headers);
  const baggage = [
    ...entry(turnEntry, named ? standpoint.turn : null, lying.turn),
    ...entry(causeEntry, named ? standpoint.cause : null, lying.cause),
  ];
  return inject({ carrier: continueCarrier(received, context), baggage }, headers);
}

/** What another sender left there is not ours to pass on as our own: an empty value says that there is none. */
function entry(key: string, value: Key | null, lying: Key | null): readonly BaggageEntry[] {
  if (value !== null) return [{ key, value }];
  return lying === null ? [] : [{ key, value: "" }];
}

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
