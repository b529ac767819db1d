import type { MessageFate } from "@spoor/core";
import type { Fields } from "../../messages/narrow.ts";
import type { ActorEnvelope } from "../envelope.ts";
import { envelopeKindOf, readEnvelope } from "../read-envelope.ts";

/** An envelope as a bus, a queue or its consumer wrote it down. */
export interface EnvelopeLine {
  readonly kind: "envelope";
  readonly envelope: ActorEnvelope;
  /** Written instead of what the message is for, where nobody handled it. */
  readonly fate: MessageFate | null;
}

const fates: ReadonlySet<unknown> = new Set<MessageFate>([
  "dropped",
  "rejected",
  "expired",
  "undelivered",
  "dead-lettered",
]);

const isFate = (value: unknown): value is MessageFate => fates.has(value);

/**
 * Null: something else. An envelope names its message and says for whom that is, or what it is for. What tells of a model's tokens is a message of AgentChat,
 * and handed over to somebody in words of its own. AutoGen's answers name no message, and belong to their request by a number that only a recorder of its
 * queue can give them: `#future`.
 */
export function envelopeLineOf(line: Fields): EnvelopeLine | null {
  if (Object.hasOwn(line, "models_usage")) return null;
  const read = readEnvelope(line, () => "");
  const { correlationId = futureOf(line), messageId, recipient, topic } = read;
  const envelope = correlationId === undefined ? read : { ...read, correlationId };
  const fate = isFate(line["kind"]) ? line["kind"] : null;
  const isAddressed = recipient !== undefined || topic !== undefined;
  if (!isAddressed && !fate && !envelopeKindOf(line["kind"])) return null;
  const isNamed = messageId !== "" || (read.kind === "response" && correlationId !== undefined);
  return isNamed ? { kind: "envelope", envelope, fate } : null;
}

function futureOf({ "#future": future }: Fields): string | undefined {
  return typeof future === "number" ? `future ${future}` : undefined;
}
