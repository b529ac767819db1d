import { type Scope, type TurnOptions, watch } from "@spoor/core";
import type { ActorEnvelope, EnvelopeDraft, EnvelopeKind } from "./envelope.ts";
import type { EnvelopeRecorder, InHand } from "./envelope-recorder.ts";
import { turnKeyOf } from "./keys.ts";
import { contentOf, fateFact, inputOf, messageFact } from "./message-facts.ts";
import { sessionOf } from "./place.ts";
import { readEnvelope } from "./read-envelope.ts";
import { readTrail, writeTrail } from "./trail.ts";

/** What hands the message to the transport. What it throws, or rejects with, goes on to the caller. */
export type Deliver<Given, Result> = (envelope: Given & ActorEnvelope) => Result;

/**
 * Sends a message from where the caller stands: inside a handler it is one more message of that work; outside of all work it is the one
 * without a cause, and begins a turn that lasts until it is delivered, or answered. One that carries a trace context already, as out of an
 * outbox, keeps it.
 */
export function send<Given extends EnvelopeDraft, Result>(
  recorder: EnvelopeRecorder,
  kind: EnvelopeKind,
  given: Given,
  deliver: Deliver<Given, Result>,
): Result {
  const envelope: ActorEnvelope = { ...recorder.read(given), kind };
  const handOver = (sent: ActorEnvelope): Result =>
    deliver(recorder.guarded(() => ({ ...given, ...sent }), sent as Given & ActorEnvelope));

  const hand = recorder.guarded(() => recorder.inHand(), null);
  if (hand) return sendFrom(recorder, hand, envelope, handOver);
  if (recorder.guarded(() => readTrail(envelope.headers).sender, null))
    return sendOn(recorder, envelope, handOver);

  const session = recorder.guarded(() => recorder.sessionOf(envelope), null);
  if (!session) return handOver(envelope);
  return session.turn(turnOf(envelope), (root) => sendFirst(recorder, root, envelope, handOver));
}

type HandOver<Result> = (envelope: ActorEnvelope) => Result;

function turnOf(envelope: ActorEnvelope): TurnOptions {
  const { kind, messageId, messageType, recipient, topic } = envelope;
  return {
    key: turnKeyOf(messageId),
    name: messageType ?? recipient ?? topic ?? kind,
    trigger: "message",
    ...inputOf(envelope),
  };
}

/** The turn ends with the delivery, or with the answer: neither is what the transport gives back. */
function sendFirst<Result>(
  recorder: EnvelopeRecorder,
  root: Scope,
  envelope: ActorEnvelope,
  handOver: HandOver<Result>,
): Result {
  const { messageId } = envelope;
  const begun = { scope: root, turn: root.key, received: null };
  const sent = recorder.guarded(
    () => noteSent(recorder, { ...begun, messageId: null }, envelope),
    envelope,
  );
  recorder.knows(root, { ...begun, messageId });
  return watch(() => handOver(sent), {
    ended: (output) => {
      const answer = recorder.guarded(() => noteAnswer(recorder, root, sent, output), null);
      root.end(answer ? contentOf(answer) : undefined);
    },
    failed: (error) => root.fail(error),
  });
}

function sendFrom<Result>(
  recorder: EnvelopeRecorder,
  hand: InHand,
  envelope: ActorEnvelope,
  handOver: HandOver<Result>,
): Result {
  const sent = recorder.guarded(() => noteSent(recorder, hand, envelope), envelope);
  return watch(() => handOver(sent), {
    ended: (output) =>
      void recorder.guarded(() => noteAnswer(recorder, hand.scope, sent, output), null),
    failed: (error) => noteUndelivered(recorder, hand.scope, sent, error),
  });
}

/** An envelope on its way from somewhere else: nobody here knows the work that sent it. */
function sendOn<Result>(
  recorder: EnvelopeRecorder,
  envelope: ActorEnvelope,
  handOver: HandOver<Result>,
): Result {
  recorder.guarded(() => {
    const { id } = recorder.sessionOf(envelope);
    recorder.observer.emit(messageFact("message.sent", { session: id, on: null }, envelope));
  }, undefined);
  return watch(() => handOver(envelope), {
    ended: () => {},
    failed: (error) => noteUndelivered(recorder, null, envelope, error),
  });
}

/** Says that it was sent, and fills in what the receiver needs to know. What the application said of it stands. */
function noteSent(recorder: EnvelopeRecorder, hand: InHand, given: ActorEnvelope): ActorEnvelope {
  const { scope, turn, received, messageId } = hand;
  const envelope: ActorEnvelope = {
    ...given,
    conversationId: given.conversationId ?? scope.session,
    ...(given.causationId === undefined && messageId !== null ? { causationId: messageId } : {}),
  };
  const place = { session: scope.session, on: scope.key };
  recorder.observer.emit(messageFact("message.sent", place, envelope));
  const named = envelope.conversationId === scope.session;
  const standpoint = { received, context: scope.context, turn };
  return { ...envelope, headers: writeTrail(standpoint, envelope.headers, { named }) };
}

/** Of a request. An answer that is no envelope is the payload of one. */
function noteAnswer(
  recorder: EnvelopeRecorder,
  { session, key }: Scope,
  request: ActorEnvelope,
  output: unknown,
): ActorEnvelope | null {
  if (request.kind !== "request") return null;
  const read = readEnvelope(output, () => `${request.messageId} answer`);
  const answer = { ...read, kind: read.kind === "error" ? read.kind : "response" } as const;
  recorder.observer.emit(messageFact("message.received", { session, on: key }, answer));
  return answer;
}

/** `scope`: null where nobody here knows the work that sent it. */
function noteUndelivered(
  recorder: EnvelopeRecorder,
  scope: Scope | null,
  envelope: ActorEnvelope,
  error: unknown,
): void {
  recorder.guarded(() => {
    const session = scope?.session ?? sessionOf(envelope);
    const reason = error instanceof Error ? error.message : null;
    const place = { session, on: scope?.key ?? null };
    recorder.observer.emit(fateFact("undelivered", place, envelope, reason));
  }, undefined);
}
