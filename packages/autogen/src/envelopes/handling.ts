import { type DraftOf, type Key, type Link, type Recordable, Scope } from "@spoor/core";
import type { ActorEnvelope } from "./envelope.ts";
import type { EnvelopeRecorder, InHand } from "./envelope-recorder.ts";
import { handlingKeyOf, turnKeyOf } from "./keys.ts";
import { inputOf, messageFact } from "./message-facts.ts";
import { placeOf, type Received, sessionOf } from "./place.ts";

/** Work on a message, from its delivery to the end of its handler. */
export interface Handling {
  readonly hand: InHand;
  end(output?: Recordable): void;
  fail(error: unknown): void;
}

/**
 * Opens the work of an agent on what was delivered: one message, or several at once. In a conversation whose turn is known it is work of that
 * turn; else the delivery begins a turn.
 */
export function openHandling(
  recorder: EnvelopeRecorder,
  agent: string,
  received: readonly [Received, ...Received[]],
  attempt: number,
): Handling {
  const [first] = received;
  const { envelope, trail } = first;
  const session = sessionOf(envelope);
  recorder.begin(session, envelope.conversationId === undefined);
  const place = placeOf(received, recorder.relation);
  const turn = place.known ? null : beginTurn(recorder, agent, received, attempt);
  const key = handlingKeyOf(envelope.messageId, agent, attempt);
  const scope = new Scope(recorder.host, {
    type: "work.started",
    kind: "agent",
    session,
    source: "api",
    key,
    name: agent,
    agent,
    ...inputOf(envelope),
    ...(attempt > 1 ? { attempt } : {}),
    ...(place.known
      ? { parent: place.carrier, ...(place.causedBy ? { causedBy: place.causedBy } : {}) }
      : { parent: turnKeyOf(envelope.messageId, attempt) }),
  });
  if (place.known) hang(recorder, scope, place.parent);
  for (const one of received) noteArrival(recorder, scope, one);
  return {
    hand: {
      scope,
      turn: turn?.key ?? trail.turn,
      received: trail.carrier,
      messageId: envelope.messageId,
    },
    end: (output) => {
      scope.end(output);
      turn?.end(output);
    },
    fail: (error) => {
      scope.fail(error);
      turn?.fail(error);
    },
  };
}

/** The opening names the parent as the carrier that came, which tells the trace at once; which work that is, by its key, is told here. */
function hang(recorder: EnvelopeRecorder, scope: Scope, parent: Key): void {
  recorder.observer.emit({
    type: "span.amended",
    session: scope.session,
    source: "api",
    on: scope.key,
    mark: "place",
    parent,
  });
}

function beginTurn(
  recorder: EnvelopeRecorder,
  agent: string,
  received: readonly [Received, ...Received[]],
  attempt: number,
): Scope {
  const [{ envelope, trail }] = received;
  const carriers = received.flatMap(({ trail: { carrier } }) => carrier ?? []);
  const parent = recorder.relation === "parent" ? trail.carrier : null;
  const links = carriers
    .filter((carrier) => carrier !== parent)
    .map((carrier): Link => ({ kind: "cause", carrier }));
  const started: DraftOf<"turn.started"> = {
    type: "turn.started",
    session: sessionOf(envelope),
    source: "api",
    key: turnKeyOf(envelope.messageId, attempt),
    name: envelope.messageType ?? agent,
    trigger: "message",
    ...inputOf(envelope),
    ...(attempt > 1 ? { attempt } : {}),
    ...(parent ? { parent } : {}),
    ...(links.length > 0 ? { links } : {}),
  };
  return new Scope(recorder.host, started);
}

function noteArrival(
  recorder: EnvelopeRecorder,
  scope: Scope,
  { envelope, trail }: Received,
): void {
  const at = { session: scope.session, on: scope.key };
  recorder.observer.emit(messageFact("message.received", at, envelope));
  if (trail.problems.length > 0)
    recorder.observer.emit({
      type: "native.noted",
      ...at,
      source: "api",
      mark: JSON.stringify(["carrier", envelope.messageId]),
      name: "carrier.unreadable",
      native: trail.problems.map(({ field, fault, text }) => ({ field, fault, text })),
    });
  if (isLate(envelope, recorder.clock()))
    recorder.observer.emit({
      type: "limit.reached",
      ...at,
      source: "api",
      mark: JSON.stringify(["deadline", envelope.messageId]),
      limit: "deadline",
      value: envelope.deadline ?? 0,
    });
}

function isLate({ deadline }: ActorEnvelope, now: number): boolean {
  return deadline !== undefined && now > deadline;
}
