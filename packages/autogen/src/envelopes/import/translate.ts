import { BoundedMap, type EventDraft, type Key, type MessageFate } from "@spoor/core";
import { timed } from "../../messages/narrow.ts";
import type { ActorEnvelope } from "../envelope.ts";
import { turnKeyOf } from "../keys.ts";
import { fateFact, inputOf, messageFact } from "../message-facts.ts";
import { readTrail } from "../trail.ts";
import { endingsOf } from "./endings.ts";
import { Handlings } from "./handlings.ts";
import type { EnvelopeLine } from "./native.ts";
import { source } from "./source.ts";
import { type Sender, ToldMessages } from "./told-messages.ts";

const rememberedSessions = 10_000;

/**
 * Recorded envelopes: what was sent, and by the messages that it caused also who handled it. Keys are those of a live record of the same messages. A message
 * without a cause begins a turn; a message that caused nothing was sent, and nothing says that anybody handled it; what nobody was seen to answer
 * stays open. Lines may come in any order.
 */
export class EnvelopeReader {
  readonly #told: ToldMessages = new ToldMessages();
  readonly #handlings: Handlings = new Handlings(this.#told);
  readonly #sessions: BoundedMap<string, true> = new BoundedMap(rememberedSessions);

  *read({ envelope: written, fate }: EnvelopeLine): Iterable<EventDraft> {
    const cause = this.#told.causeOf(written);
    const envelope = named(written, cause);
    const { conversationId, deliveryAttempt, messageId, recipient } = envelope;
    const told = this.#told.find(messageId) ?? (cause === null ? null : this.#told.find(cause));
    const session = conversationId ?? told?.session ?? messageId;
    if (!this.#sessions.has(session)) yield this.#begin(session, told === null && !conversationId);
    if (fate) yield this.#unhandled(session, envelope, fate);
    else if (!this.#told.find(messageId)) yield* this.#sent(session, envelope, cause);
    if (!fate && deliveryAttempt !== undefined && recipient !== undefined)
      yield* this.#received(session, envelope, recipient, deliveryAttempt);
  }

  #begin(session: string, inferred: boolean): EventDraft {
    this.#sessions.set(session, true);
    return {
      type: "session.started",
      session,
      source,
      on: null,
      mark: "session",
      framework: "actors",
      ...(inferred ? { inferred } : {}),
    };
  }

  #unhandled(session: string, envelope: ActorEnvelope, fate: MessageFate): EventDraft {
    const sender = this.#told.find(envelope.messageId)?.sender;
    const place = sender
      ? { session: sender.session, on: sender.key }
      : { session, on: readTrail(envelope.headers).turn };
    return { ...fateFact(fate, place, envelope, null), source, ...timed(envelope.createdAt) };
  }

  *#sent(session: string, envelope: ActorEnvelope, cause: string | null): Iterable<EventDraft> {
    const { kind, messageId } = envelope;
    const sender = yield* this.#senderOf(session, envelope, cause);
    const place = { session: sender?.session ?? session, on: sender?.key ?? null };
    yield {
      ...messageFact("message.sent", place, envelope),
      source,
      ...timed(envelope.createdAt),
    };
    this.#told.tell(envelope, { session, sender, isRequest: kind === "request" });
    yield* this.#handlings.place(messageId);
    if (isAnswer(envelope) && cause !== null && sender)
      yield* endingsOf(envelope, sender, cause, this.#told.find(cause));
  }

  /** The handling of its cause by who sent it, else the turn in which it was sent, or that it begins. Null: nobody says. */
  *#senderOf(
    session: string,
    envelope: ActorEnvelope,
    cause: string | null,
  ): Generator<EventDraft, Sender | null> {
    const { messageId, sender: agent } = envelope;
    const told = cause === null ? null : this.#told.find(cause);
    if (cause !== null && agent !== undefined) {
      const attempt = this.#told.attemptOf(cause, agent);
      const handled = { session: told?.session ?? session, messageId: cause, agent, attempt };
      return yield* this.#handlings.open({ ...handled, line: envelope });
    }
    const own = turnKeyOf(messageId);
    const trail = readTrail(envelope.headers);
    const turn = told?.sender?.turn ?? trail.turn ?? own;
    if (turn !== own) return sentIn(told?.sender?.session ?? session, turn);
    if (cause !== null || isAnswer(envelope)) return null;
    yield {
      type: "turn.started",
      session,
      source,
      key: own,
      name: nameOf(envelope),
      trigger: "message",
      ...inputOf(envelope),
      ...(trail.sender && trail.turn === null
        ? { links: [{ kind: "cause", carrier: trail.sender }] }
        : {}),
      ...timed(envelope.createdAt),
    };
    return sentIn(session, own);
  }

  /** What a consumer wrote down: it had the message. */
  *#received(
    session: string,
    envelope: ActorEnvelope,
    agent: string,
    attempt: number,
  ): Iterable<EventDraft> {
    const { messageId } = envelope;
    this.#told.deliver(messageId, agent, attempt);
    const delivered = { session, messageId, agent, attempt, line: envelope };
    const { key } = yield* this.#handlings.open(delivered);
    yield { ...messageFact("message.received", { session, on: key }, envelope), source };
  }
}

/** An answer that nobody named is called after its request. */
function named(envelope: ActorEnvelope, request: string | null): ActorEnvelope {
  if (envelope.messageId !== "") return envelope;
  const { inferred: _made, ...said } = envelope;
  return { ...said, messageId: `${request ?? envelope.correlationId} answer` };
}

/** By the turn itself, as far as anybody says. */
const sentIn = (session: string, turn: Key): Sender => ({
  session,
  key: turn,
  turn,
  sentEarly: [],
});

const isAnswer = ({ kind }: ActorEnvelope): boolean => kind === "response" || kind === "error";

const nameOf = ({ kind, messageType, recipient, topic }: ActorEnvelope): string =>
  (messageType ?? recipient ?? topic ?? kind).slice(0, 200);
