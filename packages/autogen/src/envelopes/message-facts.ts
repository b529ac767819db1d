import type { DraftOf, JsonObject, JsonValue, Key } from "@spoor/core";
import type { ActorEnvelope } from "./envelope.ts";

/** What became of a message that nobody handled, or not for good. */
export type MessageFate = "dropped" | "rejected" | "dead-lettered" | "undelivered";

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
    role: envelope.kind,
    content: contentOf(envelope),
    native: described(envelope),
  } as DraftOf<Type>;
}

export function fateFact(
  fate: MessageFate,
  place: Place,
  envelope: ActorEnvelope,
  reason: string | null,
): DraftOf<"native.noted"> {
  return {
    type: "native.noted",
    ...place,
    source: "api",
    mark: JSON.stringify([fate, envelope.messageId, envelope.deliveryAttempt ?? null]),
    name: `message.${fate}`,
    native: { ...described(envelope), ...(reason === null ? {} : { reason }) },
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

/** All that the envelope says beside its payload and its headers: those may hold credentials of the transport. */
function described(envelope: ActorEnvelope): JsonObject {
  return Object.fromEntries(
    Object.entries(envelope).filter(([name]) => name !== "headers" && name !== "payload"),
  );
}
