/** What a message is for. `request`: its sender waits for the answer. */
export type EnvelopeKind = "send" | "publish" | "request" | "response" | "error";

/** A message between actors as it lies on a bus, in a queue or in a log: who, to whom, because of what, and the payload. */
export interface ActorEnvelope<Payload = unknown> {
  readonly kind: EnvelopeKind;
  readonly messageId: string;
  /** Nobody had named the message: its id was made where it was read. */
  readonly inferred?: true;
  readonly messageType?: string;
  /** The session that it belongs to. */
  readonly conversationId?: string;
  /** What an answer repeats of its request. */
  readonly correlationId?: string;
  /** The message that was being handled when this one was made. */
  readonly causationId?: string;
  /** An actor, as `type` or `type/key`. */
  readonly sender?: string;
  readonly recipient?: string;
  /** Instead of a recipient: whoever listens. */
  readonly topic?: string;
  /** By the clock of who wrote it; no time in the record is taken from here. */
  readonly createdAt?: string;
  /** Milliseconds since the epoch. */
  readonly deadline?: number;
  /** 1 for the first, as the transport counts. */
  readonly deliveryAttempt?: number;
  /** Where the trace context travels, beside whatever else is there: texts, or bytes as some clients give them. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly payload?: Payload;
}

/** What an application says of a message: the rest is filled in when it is sent. */
export type EnvelopeDraft<Payload = unknown> = Partial<ActorEnvelope<Payload>>;
