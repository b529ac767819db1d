import { type Carrier, type Key, spanIdOf } from "@spoor/core";
import type { ActorEnvelope } from "./envelope.ts";
import { leadingTo, type Trail } from "./trail.ts";

/** A message as it arrived, and where it says that it comes from. */
export interface Received {
  readonly envelope: ActorEnvelope;
  readonly trail: Trail;
}

/** What the handling of messages is a part of. */
export interface HandlingPlace {
  readonly parent: Carrier;
  readonly turn: Key;
}

/** A message that names no conversation is one of its own. */
export function sessionOf({ conversationId, messageId }: ActorEnvelope): string {
  return conversationId ?? messageId;
}

/**
 * The turn in which the messages were sent, or the work of their sender, in the sender's trace. Null: not known, or they are of several turns, and
 * belong to none of them.
 */
export function placeOf(
  received: readonly [Received, ...Received[]],
  relation: "link" | "parent",
): HandlingPlace | null {
  const [{ envelope, trail }] = received;
  const { sender, turn } = trail;
  const { conversationId } = envelope;
  if (!sender || turn === null || conversationId === undefined) return null;
  const together = received.every(
    (one) => one.envelope.conversationId === conversationId && one.trail.turn === turn,
  );
  if (!together) return null;
  const spanId = spanIdOf(conversationId, turn);
  return { turn, parent: relation === "parent" ? sender : leadingTo(spanId, sender) };
}
