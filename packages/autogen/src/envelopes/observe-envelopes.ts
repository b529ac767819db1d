import type { CurrentSpan, Medium, MessageFate, Observer, Scope } from "@spoor/core";
import { Attempts } from "./attempts.ts";
import type { ActorEnvelope, EnvelopeDraft } from "./envelope.ts";
import { EnvelopeRecorder, type EnvelopeOptions } from "./envelope-recorder.ts";
import { type Delivery, handling } from "./handling.ts";
import { fateFact } from "./message-facts.ts";
import { sessionOf } from "./place.ts";
import { countIn } from "./read-envelope.ts";
import { type Deliver, send } from "./sending.ts";
import { readTrail } from "./trail.ts";

/** What the transport knows of a delivery and the envelope does not say. */
export interface DeliveryOptions {
  /** 1 for the first. Absent, or no such number: as the envelope says, else as often as this process has seen the message. */
  readonly attempt?: number;
  /** Where the trace context lies, where that is not in the envelope's headers. */
  readonly headers?: object | Medium<unknown>;
}

/** Says what became of a message: on the work in hand, else on the turn in which it was sent. `delivery`: as for `handle`. */
export type TellFate = (envelope: unknown, reason?: string, delivery?: DeliveryOptions) => void;

/** Verbs for a bus, a queue or a framework of your own: each calls what you give it, once, and what that returns or throws is yours. */
export interface ObservedEnvelopes extends CurrentSpan {
  /** To one actor. `deliver` gets the envelope with ids and trace context in it, beside all fields of your own. */
  send<Given extends EnvelopeDraft, Result>(given: Given, deliver: Deliver<Given, Result>): Result;
  /** To whoever listens on a topic. */
  publish<Given extends EnvelopeDraft, Result>(
    given: Given,
    deliver: Deliver<Given, Result>,
  ): Result;
  /** `deliver` resolves to the answer, which is recorded as received. */
  request<Given extends EnvelopeDraft, Result>(
    given: Given,
    deliver: Deliver<Given, Result>,
  ): Result;
  /**
   * The answer to a request: it goes to whoever sent that, and repeats its correlation id. Outside of all work it keeps the trace context that
   * the request came with.
   */
  respond<Given extends EnvelopeDraft, Result>(
    request: unknown,
    given: Given,
    deliver: Deliver<Given, Result>,
  ): Result;
  /** Runs a handler as work of an agent. The handler gets what was delivered, read as an envelope. */
  handle<Result>(
    agent: string,
    delivered: unknown,
    handler: (envelope: ActorEnvelope) => Result,
    options?: DeliveryOptions,
  ): Result;
  /** The same for messages that are handled together: a batch, a join. An empty one is not recorded. */
  handleAll<Result>(
    agent: string,
    delivered: readonly unknown[],
    handler: (envelopes: readonly ActorEnvelope[]) => Result,
  ): Result;
  /** A message that no handler got, or that the transport will not bring again. */
  readonly dropped: TellFate;
  /** A message that a handler gave back: the transport may bring it again. */
  readonly rejected: TellFate;
  /** A message whose time was over before a handler had it. */
  readonly expired: TellFate;
  /** A message that lies where nobody handles it unasked. */
  readonly deadLettered: TellFate;
  /** The innermost work that is going on here; null outside of all. Record tools, models and decisions under it. */
  active(): Scope | null;
  /** Its span, for carriers and for the bridge to the application's OpenTelemetry. */
  readonly currentSpan: CurrentSpan["currentSpan"];
  /** How often something could not be recorded because the application's own objects threw. */
  readonly failures: number;
}

/** Records what actors say to each other. Two observers are two records; nothing here throws into the agents. */
export function observeEnvelopes(
  observer: Observer,
  options: EnvelopeOptions = {},
): ObservedEnvelopes {
  const recorder = new EnvelopeRecorder(observer, options);
  const attempts = new Attempts();

  const handleAll: Handle = (agent, delivered, handler, options) => {
    const envelopes = delivered.map((one) => recorder.read(one));
    const delivery = recorder.guarded((): Delivery | null => {
      const { attempt, headers } = options ?? {};
      const [first, ...others] = envelopes.map((envelope) => ({
        envelope,
        trail: readTrail(headers ?? envelope.headers),
      }));
      if (!first) return null;
      const { messageId, deliveryAttempt } = first.envelope;
      const told = countIn(attempt) ?? deliveryAttempt;
      const count = attempts.next(messageId, agent, told);
      return { agent, received: [first, ...others], attempt: count };
    }, null);
    const session =
      delivery && recorder.guarded(() => recorder.sessionOf(delivery.received[0].envelope), null);
    if (!session) return handler(envelopes);
    return handling(recorder, session, delivery, () => handler(envelopes));
  };

  const tell =
    (fate: MessageFate): TellFate =>
    (given, reason, options) =>
      recorder.guarded(() => {
        const { attempt, headers } = options ?? {};
        const read = recorder.read(given);
        const count = countIn(attempt);
        const envelope = count === null ? read : { ...read, deliveryAttempt: count };
        const { sender, turn } = readTrail(headers ?? envelope.headers);
        const scope = observer.active();
        const known = sender && envelope.conversationId !== undefined;
        const place = scope
          ? { session: scope.session, on: scope.key }
          : { session: sessionOf(envelope), on: known ? turn : null };
        observer.emit(fateFact(fate, place, envelope, reason ?? null));
      }, undefined);

  return {
    send: (given, deliver) => send(recorder, "send", given, deliver),
    publish: (given, deliver) => send(recorder, "publish", given, deliver),
    request: (given, deliver) => send(recorder, "request", given, deliver),
    respond: (request, given, deliver) => {
      const asked = recorder.read(request);
      const answer = recorder.guarded(
        () => ({ ...answerTo(asked, observer.active() !== null), ...given }),
        given,
      );
      return send(recorder, "response", answer, deliver);
    },
    handle: (agent, delivered, handler, delivery) =>
      handleAll(agent, [delivered], ([envelope]) => handler(envelope as ActorEnvelope), delivery),
    handleAll: (agent, delivered, handler) => handleAll(agent, delivered, handler),
    dropped: tell("dropped"),
    rejected: tell("rejected"),
    expired: tell("expired"),
    deadLettered: tell("dead-lettered"),
    active: () => observer.active(),
    currentSpan: observer.currentSpan,
    get failures() {
      return recorder.failures;
    },
  };
}

/** What an answer says beside what is in it. Outside of all work it keeps the trace context of its request. */
function answerTo(asked: ActorEnvelope, isAtWork: boolean): EnvelopeDraft {
  const { conversationId, headers, messageId, sender } = asked;
  return {
    correlationId: asked.correlationId ?? messageId,
    ...(sender === undefined ? {} : { recipient: sender }),
    ...(conversationId === undefined ? {} : { conversationId }),
    causationId: messageId,
    ...(isAtWork ? {} : { headers }),
  };
}

type Handle = <Result>(
  agent: string,
  delivered: readonly unknown[],
  handler: (envelopes: readonly ActorEnvelope[]) => Result,
  options?: DeliveryOptions,
) => Result;
