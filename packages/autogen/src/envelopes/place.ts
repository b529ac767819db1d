import type { Carrier, Key } from "@spoor/core";
import type { ActorEnvelope } from "./envelope.ts";
import type { Trail } from "./trail.ts";

/** A message as it arrived, and where it says that it comes from. */
export interface Received {
  readonly envelope: ActorEnvelope;
  readonly trail: Trail;
}

/** Where the handling of a message stands. Known: under work that its sender named, in the sender's trace. */
export type HandlingPlace =
  | { readonly known: false }
  | {
      readonly known: true;
      readonly carrier: Carrier;
      readonly parent: Key;
      readonly causedBy: Key | null;
    };

/** A message that names no conversation is one of its own. */
export function sessionOf({ conversationId, messageId }: ActorEnvelope): string {
  return conversationId ?? messageId;
}

/**
 * Messages of several turns that are handled together belong to none of them: the vocabulary links turns, and so they begin one that is linked
 * to each.
 */
export function placeOf(
  received: readonly [Received, ...Received[]],
  relation: "link" | "parent",
): HandlingPlace {
  const [{ envelope, trail }] = received;
  const { carrier, turn, cause } = trail;
  const parent = relation === "parent" ? (cause ?? turn) : (turn ?? cause);
  if (!carrier || parent === null || envelope.conversationId === undefined) return { known: false };
  const together = received.every(
    (one) => one.envelope.conversationId === envelope.conversationId && one.trail.turn === turn,
  );
  return together ? { known: true, carrier, parent, causedBy: cause } : { known: false };
}
