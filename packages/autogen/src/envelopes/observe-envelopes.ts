import type { CurrentSpan, Medium, Observer, Scope } from "@spoor/core";
import { Attempts } from "./attempts.ts";
import type { ActorEnvelope, EnvelopeDraft } from "./envelope.ts";
import { EnvelopeRecorder, type EnvelopeOptions } from "./envelope-recorder.ts";
import { openHandling } from "./handling.ts";
import { fateFact, type MessageFate } from "./message-facts.ts";
import { sessionOf } from "./place.ts";
import { type Deliver, send } from "./sending.ts";
import { readTrail } from "./trail.ts";
import { watched } from "./watched.ts";

/** What the transport knows of a delivery and the envelope does not say. */
export interface DeliveryOptions {
  /** 1 for the first. Absent: as the envelope says, else as often as this process has seen the message. */
  readonly attempt?: number;
  /** Where the trace context lies, where that is not in the envelope's headers. */
  readonly headers?: object | Medium<unknown>;
}

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
  dropped(envelope: unknown, reason?: string): void;
  /** A message that a handler gave back: the transport may bring it again. */
  rejected(envelope: unknown, reason?: string): void;
  deadLettered(envelope: unknown, reason?: string): void;
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

  const handleAll: Handle = (agent, delivered, handler, { attempt, headers } = {}) => {
    const envelopes = delivered.map((one) => recorder.read(one));
    const handling = recorder.guarded(() => {
      const [first, ...others] = envelopes.map((envelope) => ({
        envelope,
        trail: readTrail(headers ?? envelope.headers),
      }));
      if (!first) return null;
      const { messageId, deliveryAttempt } = first.envelope;
      const count = attempts.next(messageId, agent, attempt ?? deliveryAttempt);
      return openHandling(recorder, agent, [first, ...others], count);
    }, null);
    if (!handling) return handler(envelopes);
    return watched(() => recorder.within(handling.hand, () => handler(envelopes)), {
      ended: (output) => recorder.guarded(() => handling.end(output as object), undefined),
      failed: (error) => recorder.guarded(() => handling.fail(error), undefined),
    });
  };

  const fate = (name: MessageFate, given: unknown, reason: string | null): void =>
    recorder.guarded(() => {
      const envelope = recorder.read(given);
      const hand = recorder.inHand();
      const { carrier, cause, turn } = readTrail(envelope.headers);
      const known = carrier && envelope.conversationId !== undefined;
      const place = hand
        ? { session: hand.scope.session, on: hand.scope.key }
        : { session: sessionOf(envelope), on: known ? (cause ?? turn) : null };
      observer.emit(fateFact(name, place, envelope, reason));
    }, undefined);

  return {
    send: (given, deliver) => send(recorder, "send", given, deliver),
    publish: (given, deliver) => send(recorder, "publish", given, deliver),
    request: (given, deliver) => send(recorder, "request", given, deliver),
    respond: (request, given, deliver) => {
      const asked = recorder.read(request);
      const answer = {
        correlationId: asked.correlationId ?? asked.messageId,
        ...(asked.sender === undefined ? {} : { recipient: asked.sender }),
        ...(asked.conversationId === undefined ? {} : { conversationId: asked.conversationId }),
        causationId: asked.messageId,
        ...(recorder.inHand() ? {} : { headers: asked.headers }),
        ...given,
      };
      return send(recorder, "response", answer, deliver);
    },
    handle: (agent, delivered, handler, delivery) =>
      handleAll(agent, [delivered], ([envelope]) => handler(envelope as ActorEnvelope), delivery),
    handleAll: (agent, delivered, handler) => handleAll(agent, delivered, handler),
    dropped: (envelope, reason) => fate("dropped", envelope, reason ?? null),
    rejected: (envelope, reason) => fate("rejected", envelope, reason ?? null),
    deadLettered: (envelope, reason) => fate("dead-lettered", envelope, reason ?? null),
    active: () => recorder.inHand()?.scope ?? null,
    currentSpan: () => recorder.inHand()?.scope.context ?? null,
    get failures() {
      return recorder.failures;
    },
  };
}

type Handle = <Result>(
  agent: string,
  delivered: readonly unknown[],
  handler: (envelopes: readonly ActorEnvelope[]) => Result,
  options?: DeliveryOptions,
) => Result;
