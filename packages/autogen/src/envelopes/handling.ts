import type { Key, Link, Scope, Session, TurnOptions } from "@spoor/core";
import type { ActorEnvelope } from "./envelope.ts";
import type { EnvelopeRecorder } from "./envelope-recorder.ts";
import { handlingKeyOf, turnKeyOf } from "./keys.ts";
import { inputOf, messageFact } from "./message-facts.ts";
import { placeOf, type Received } from "./place.ts";

/** A message that was brought to an agent, or several at once. */
export interface Delivery {
  readonly agent: string;
  readonly received: readonly [Received, ...Received[]];
  readonly attempt: number;
}

/**
 * Runs a body as the work of an agent on what was delivered, linked to whoever sent it. In a conversation whose turn is known it is work of that turn;
 * else the delivery begins a turn, and it is that which is linked.
 */
export function handling<Result>(
  recorder: EnvelopeRecorder,
  session: Session,
  { agent, received, attempt }: Delivery,
  body: () => Result,
): Result {
  const [{ envelope, trail }] = received;
  const handle = (scope: Scope, turn: Key): Result => {
    recorder.guarded(() => arrive(recorder, scope, turn, received), undefined);
    return body();
  };
  const again = attempt > 1 ? { attempt } : {};
  const work = {
    key: handlingKeyOf(envelope.messageId, agent, attempt),
    agent,
    ...inputOf(envelope),
    ...again,
  };
  const place = placeOf(received, recorder.relation);
  if (place) {
    const links = linksTo(received);
    return session.work("agent", agent, { ...work, parent: place.parent, links }, (scope) =>
      handle(scope, place.turn),
    );
  }
  const parent = recorder.relation === "parent" ? trail.sender : null;
  const links = linksTo(parent ? received.slice(1) : received);
  const begun: TurnOptions = {
    key: turnKeyOf(envelope.messageId, attempt),
    name: envelope.messageType ?? agent,
    trigger: "message",
    ...inputOf(envelope),
    ...again,
    ...(parent ? { parent } : {}),
    ...(links.length > 0 ? { links } : {}),
  };
  return session.turn(begun, (turn) => turn.agent(agent, work, (scope) => handle(scope, turn.key)));
}

const linksTo = (received: readonly Received[]): readonly Link[] =>
  received.flatMap(({ trail: { sender } }) =>
    sender ? [{ kind: "cause", carrier: sender } as const] : [],
  );

/** What was delivered, and what was wrong with it. */
function arrive(
  recorder: EnvelopeRecorder,
  scope: Scope,
  turn: Key,
  received: Delivery["received"],
): void {
  const [{ envelope, trail }] = received;
  recorder.knows(scope, { turn, received: trail.sender, messageId: envelope.messageId });
  for (const one of received) noteArrival(recorder, scope, one);
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
      warns: true,
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
