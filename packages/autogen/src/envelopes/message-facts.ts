import type { DraftOf, JsonObject, JsonValue, Key, MessageFate } from "@spoor/core";
import type { ActorEnvelope } from "./envelope.ts";

interface Place {
  readonly session: string;
  /** Null: on the session, because nobody knows the work. */
  readonly on: Key | null;
}

export function messageFact<Type extends "message.sent" | "message.received">(
  type: Type,
  place: Place,
  envelope: ActorEnvelope,
): DraftOf<Type> {
  return {
    type,
    ...place,
    source: "api",
    mark: envelope.messageId,
    ...addressOf(envelope),
    role: envelope.kind,
    content: contentOf(envelope),
    ...described(envelope, place),
  } as DraftOf<Type>;
}

/** What became of a message that nobody handled, or not for good. */
export function fateFact(
  fate: MessageFate,
  place: Place,
  envelope: ActorEnvelope,
  reason: string | null,
): DraftOf<"message.unhandled"> {
  const { messageId, deliveryAttempt } = envelope;
  return {
    type: "message.unhandled",
    ...place,
    source: "api",
    mark: JSON.stringify([fate, messageId, deliveryAttempt ?? null]),
    ...addressOf(envelope),
    message: messageId,
    fate,
    ...(deliveryAttempt === undefined ? {} : { attempt: deliveryAttempt }),
    ...(reason === null ? {} : { reason }),
    ...described(envelope, place),
  };
}

/** What the application calls who sent it, and whom it is for, or what they listen on. */
function addressOf({ sender, recipient, topic }: ActorEnvelope): {
  readonly from?: string;
  readonly to?: string;
} {
  const to = recipient ?? topic;
  return {
    ...(sender === undefined ? {} : { from: sender }),
    ...(to === undefined ? {} : { to }),
  };
}

/** The recorder serialises before it believes. */
export function contentOf({ payload }: ActorEnvelope): JsonValue {
  return (payload ?? null) as JsonValue;
}

/** What work on the message, or its turn, was given; nothing where it has no payload. */
export function inputOf(envelope: ActorEnvelope): { readonly input?: JsonValue } {
  return envelope.payload === undefined ? {} : { input: contentOf(envelope) };
}

/** What the fact says in words of its own, and headers: those may hold credentials of the transport. */
const toldElsewhere: ReadonlySet<string> = new Set(["headers", "kind", "messageId", "payload"]);

/** All that the envelope says beside that. */
function described(envelope: ActorEnvelope, { session }: Place): { readonly native?: JsonObject } {
  const said = Object.entries(envelope).filter(
    ([name, value]) =>
      !toldElsewhere.has(name) && !(name === "conversationId" && value === session),
  );
  return said.length === 0 ? {} : { native: Object.fromEntries(said) };
}
