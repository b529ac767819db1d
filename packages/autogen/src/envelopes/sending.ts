import { Scope } from "@spoor/core";
import type { ActorEnvelope, EnvelopeDraft, EnvelopeKind } from "./envelope.ts";
import type { EnvelopeRecorder, InHand } from "./envelope-recorder.ts";
import { turnKeyOf } from "./keys.ts";
import { contentOf, fateFact, inputOf, messageFact } from "./message-facts.ts";
import { readEnvelope } from "./read-envelope.ts";
import { readTrail, writeTrail } from "./trail.ts";
import { watched } from "./watched.ts";

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
  const asIs: Going = { envelope: { ...recorder.read(given), kind }, hand: null, root: null };
  const { envelope, hand, root } = recorder.guarded(() => outgoing(recorder, asIs.envelope), asIs);
  const message = recorder.guarded(
    () => ({ ...given, ...envelope }),
    envelope as Given & ActorEnvelope,
  );
  const run = (): Result => deliver(message);
  return watched(() => (root && hand ? recorder.within(hand, run) : run()), {
    ended: (output) =>
      recorder.guarded(() => {
        if (!hand || kind !== "request") return root?.end();
        const answer = answerIn(output, envelope);
        const place = { session: hand.scope.session, on: hand.scope.key };
        recorder.observer.emit(messageFact("message.received", place, answer));
        root?.end(contentOf(answer));
      }, undefined),
    failed: (error) =>
      recorder.guarded(() => {
        if (root) root.fail(error);
        else undelivered(recorder, hand, envelope, error);
      }, undefined),
  });
}

interface Going {
  readonly envelope: ActorEnvelope;
  /** Null: an envelope on its way from somewhere else. */
  readonly hand: InHand | null;
  /** The turn that the message begins. */
  readonly root: Scope | null;
}

function outgoing(recorder: EnvelopeRecorder, envelope: ActorEnvelope): Going {
  const hand = recorder.inHand();
  if (hand) return { envelope: sent(recorder, hand, envelope), hand, root: null };
  const session = envelope.conversationId ?? envelope.messageId;
  recorder.begin(session, envelope.conversationId === undefined);
  if (readTrail(envelope.headers).carrier) {
    recorder.observer.emit(messageFact("message.sent", { session, on: null }, envelope));
    return { envelope, hand: null, root: null };
  }
  const root = new Scope(recorder.host, {
    type: "turn.started",
    session,
    source: "api",
    key: turnKeyOf(envelope.messageId),
    name: envelope.messageType ?? envelope.recipient ?? envelope.topic ?? envelope.kind,
    trigger: "message",
    ...inputOf(envelope),
  });
  const { messageId } = envelope;
  const begun = { scope: root, turn: root.key, received: null, messageId: null };
  const told = sent(recorder, begun, envelope);
  return { envelope: told, hand: { ...begun, messageId }, root };
}

/** Says that it was sent, and fills in what the receiver needs to know. What the application said of it stands. */
function sent(recorder: EnvelopeRecorder, hand: InHand, given: ActorEnvelope): ActorEnvelope {
  const { scope, turn, received, messageId } = hand;
  const envelope: ActorEnvelope = {
    ...given,
    conversationId: given.conversationId ?? scope.session,
    ...(given.causationId === undefined && messageId !== null ? { causationId: messageId } : {}),
  };
  const place = { session: scope.session, on: scope.key };
  recorder.observer.emit(messageFact("message.sent", place, envelope));
  const standpoint = { received, context: scope.context, turn, cause: scope.key };
  const named = envelope.conversationId === scope.session;
  return { ...envelope, headers: writeTrail(standpoint, envelope.headers, { named }) };
}

/** An answer that is no envelope is the payload of one. */
function answerIn(output: unknown, request: ActorEnvelope): ActorEnvelope {
  const answer = readEnvelope(output, () => `${request.messageId} answer`);
  return { ...answer, kind: answer.kind === "error" ? "error" : "response" };
}

function undelivered(
  recorder: EnvelopeRecorder,
  hand: InHand | null,
  envelope: ActorEnvelope,
  error: unknown,
): void {
  const session = hand?.scope.session ?? envelope.conversationId ?? envelope.messageId;
  const place = { session, on: hand?.scope.key ?? null };
  const reason = error instanceof Error ? error.message : null;
  recorder.observer.emit(fateFact("undelivered", place, envelope, reason));
}
